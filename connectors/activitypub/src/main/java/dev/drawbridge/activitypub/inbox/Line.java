package dev.drawbridge.activitypub.inbox;

/// Remote text, fit for one line of a log: nothing in it ends a line, turns its direction or hides.
public final class Line {
    private static final int LONGEST = 300;

    private Line() {}

    public static String of(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
