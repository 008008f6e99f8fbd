"""What programs bring, and what comes of it."""
