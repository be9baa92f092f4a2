"""What volunteers does when something happened elsewhere."""
