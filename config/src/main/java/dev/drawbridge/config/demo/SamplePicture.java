package dev.drawbridge.config.demo;

import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The picture that the sample people show: a lagoon.
final class SamplePicture {
    static final String PATH = "/pictures/lagoon.png";
    static final String TYPE = "image/png";
    static final int WIDTH = 480;
    static final int HEIGHT = 240;

    private SamplePicture() {}

    static byte[] bytes() {
        try (var in = Objects.requireNonNull(SamplePicture.class.getResourceAsStream("lagoon.png"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpReply reply() {
        return HttpReply.bytes(200, TYPE, bytes());
    }
}
