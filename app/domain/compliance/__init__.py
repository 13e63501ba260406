"""What the law and EN 16931 ask of sellers and documents, as numbered rules; `registry` lists them."""
