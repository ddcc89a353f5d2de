"""Write: bytes reach the disk whole or not at all; nothing here knows what they mean."""
