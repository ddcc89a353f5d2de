"""Records: frozen values with slots, and the one byte form that all of them share."""

from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

DIGEST_SIZE = 16

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A frozen value, complete when it is made; equal values have equal bytes."""


_encoder = msgspec.msgpack.Encoder(order="deterministic")


def encoded(value: Any) -> bytes:
    """The bytes of a record, or of lists, dicts and scalars of records."""
    return _encoder.encode(value)


_plain_encoder = msgspec.msgpack.Encoder()


def dumped(value: Any) -> bytes:
    """Like `encoded`, with dicts in their own order and keys of any kind; not for naming things."""
    return _plain_encoder.encode(value)


def json_text(value: Any) -> str:
    """A value as JSON, Chinese as it is."""
    return msgspec.json.encode(value).decode()


_exact_encoder = msgspec.json.Encoder(decimal_format="number")


def json_document(value: Any) -> str:
    """A value as JSON over several lines; a Decimal is a number with all its digits."""
    return msgspec.json.format(_exact_encoder.encode(value)).decode()


def decoder(shape: type[T]) -> "msgspec.msgpack.Decoder[T]":
    """Reads back what `encoded` wrote of a `shape`; raises `DecodeError` on anything else."""
    return msgspec.msgpack.Decoder(shape)


replaced = msgspec.structs.replace
as_tuple = msgspec.structs.astuple
DecodeError = msgspec.DecodeError


def digest(data: bytes) -> bytes:
    """The name of some bytes: 16 bytes that no other content will be found to share."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()


def key(*parts: Any) -> bytes:
    """The name of a value: a digest of everything it is made from."""
    return digest(_encoder.encode(parts))
