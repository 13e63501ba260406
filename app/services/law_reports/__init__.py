"""Reports that the law wants of sellers and of the operator, summed from tax entries."""
