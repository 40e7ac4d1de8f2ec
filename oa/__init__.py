"""oa: people write, review and rank conversation trees for training language models. The map is in oa/README.md."""
