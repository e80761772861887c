package dev.drawbridge.atproto.record.syntax;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A timestamp identifier: microseconds since 1970 and a clock number, in 13 characters that sort like the time.
///
/// Spec: [TID](https://atproto.com/specs/tid)
///
/// @param value 13 characters of `2-7 a-z`
public record Tid(String value) implements Comparable<Tid> {
    /// Clock numbers are below this.
    public static final int CLOCKS = 1024;

    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 13;
    private static final long MAX_MICROS = (1L << 53) - 1;

    /// @throws IllegalArgumentException if `value` is not a TID
    public Tid {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a TID: " + Ascii.shown(value));
        }
    }

    public static Optional<Tid> tryParse(String text) {
        return isValid(text) ? Optional.of(new Tid(text)) : Optional.empty();
    }

    /// @param micros microseconds since 1970, 0 to 2^53-1
    /// @param clock 0 to 1023
    /// @throws IllegalArgumentException if either is out of range
    public static Tid of(long micros, int clock) {
        if (micros < 0 || micros > MAX_MICROS || clock < 0 || clock >= CLOCKS) {
            throw new IllegalArgumentException("TID out of range: " + micros + ", " + clock);
        }
        long bits = micros << 10 | clock;
        char[] text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (bits & 31));
            bits >>>= 5;
        }
        return new Tid(new String(text));
    }

    /// The TID that one source always gets: its time to the millisecond, then 20 bits of the hash of its id. Two
    /// sources of one account meet only if both agree, so a record made twice lands on the same key.
    ///
    /// @param time when the source was made; clamped to what a TID can hold
    /// @param sourceId the source's id on its own network
    public static Tid deterministic(Instant time, String sourceId) {
        byte[] hash = sha256(sourceId);
        int bits = (hash[0] & 255) << 16 | (hash[1] & 255) << 8 | hash[2] & 255;
        long millis = Math.clamp(saturatedMillis(time), 0, MAX_MICROS / 1000 - 1);
        return of(millis * 1000 + (bits >>> 10) % 1000, bits & (CLOCKS - 1));
    }

    /// Microseconds since 1970.
    public long micros() {
        return bits() >>> 10;
    }

    public int clock() {
        return (int) (bits() & (CLOCKS - 1));
    }

    /// The time, exact to the microsecond.
    public Instant time() {
        return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
    }

    @Override
    public int compareTo(Tid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private long bits() {
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = bits << 5 | ALPHABET.indexOf(value.charAt(i));
        }
        return bits;
    }

    private static boolean isValid(String text) {
        return text.length() == LENGTH
                && ALPHABET.indexOf(text.charAt(0)) >= 0
                && ALPHABET.indexOf(text.charAt(0)) < 16
                && Ascii.all(text, c -> ALPHABET.indexOf(c) >= 0);
    }

    private static long saturatedMillis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? 0 : Long.MAX_VALUE;
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
