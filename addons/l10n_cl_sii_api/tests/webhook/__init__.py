"""What programs are sent."""
