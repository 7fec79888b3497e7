"""For those who write rules: making one, trying it on testdata, vetting it unseen."""
