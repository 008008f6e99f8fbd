"""What every refusal looks like."""

from pydantic import BaseModel


class Error(BaseModel):
    """message: for people. code: stable, for programs. param: the field that is meant."""

    type: str
    code: str
    message: str
    param: str | None


class ErrorAnswer(BaseModel):
    error: Error
