"""What the API says of data sets."""
