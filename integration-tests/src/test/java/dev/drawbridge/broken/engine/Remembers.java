package dev.drawbridge.broken.engine;

/// State that outlives its owner.
public final class Remembers {
    private static int count;

    private Remembers() {}

    public static int next() {
        return ++count;
    }
}
