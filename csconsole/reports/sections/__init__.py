"""The sections of a report as documents, by what they are about."""
