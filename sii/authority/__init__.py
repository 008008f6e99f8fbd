"""Who issues certificates, and whether one that is known vouches for a signer."""
