package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;

/// One method: asked with GET, or with POST and a body.
sealed interface XrpcMethod {
    /// Reads something.
    @FunctionalInterface
    non-sealed interface Query extends XrpcMethod {
        /// @throws XrpcError if the answer is no
        HttpReply answer(Params params);
    }

    /// Takes a JSON object.
    @FunctionalInterface
    non-sealed interface Procedure extends XrpcMethod {
        /// @throws XrpcError if the answer is no
        HttpReply answer(DataMap input);
    }

    /// Takes what is not JSON, or nothing, or has to know who asks.
    @FunctionalInterface
    non-sealed interface Action extends XrpcMethod {
        /// @throws XrpcError if the answer is no
        HttpReply answer(HttpCall call);
    }

    /// Always says no, whatever it is asked.
    record Refused(String verb, XrpcError error) implements XrpcMethod {}
}
