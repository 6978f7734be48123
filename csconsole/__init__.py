"""The daily operating console of an e-commerce customer-service supervisor."""

__version__ = "0.1.0"
