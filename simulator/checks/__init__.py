"""What the SII verifies after the upload: first the envelope, then each document."""
