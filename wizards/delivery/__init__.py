"""Mails to many customers at once."""

from . import mail_many
