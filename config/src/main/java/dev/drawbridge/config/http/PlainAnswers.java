package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.HttpReply;

/// What the mount itself answers, for programs: one line of text.
final class PlainAnswers {
    private PlainAnswers() {}

    static HttpReply of(int status) {
        String text = switch (status) {
            case 400 -> "the address cannot be read";
            case 404 -> "nothing here";
            case 405 -> "this address does not answer this method";
            case 413 -> "the body is too long";
            case 426 -> "this address answers WebSocket only";
            case 500 -> "something went wrong here";
            case 503 -> "busy, try again later";
            default -> throw new IllegalArgumentException("no words for " + status);
        };
        return HttpReply.text(status, text + "\n");
    }
}
