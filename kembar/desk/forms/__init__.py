"""What an officer types at the desk, checked and cleaned."""
