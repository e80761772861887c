package dev.drawbridge.activitypub.inbox;

/// Remote text, fit for one line of a log.
public final class Line {
    private static final int LONGEST = 300;

    private Line() {}

    public static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
