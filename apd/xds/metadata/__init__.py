"""The metadata of XDS as values: document entry and submission set, their codes, and checks."""
