"""`invoicing demo`: the main job on a sample, from account to verified webhooks."""
