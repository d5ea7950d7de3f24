"""The clinic's own web pages, served by Django."""
