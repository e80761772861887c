package dev.drawbridge.atproto.http;

import dev.drawbridge.model.spi.HttpReply;

/// One query.
@FunctionalInterface
interface XrpcMethod {
    /// @throws XrpcError if the answer is no
    HttpReply answer(Params params);
}
