package dev.drawbridge.console.oidc;

/// Text of others as it may stand within one line: all of it is seen, and it is not long.
final class Seen {
    private static final int LONGEST = 400;
    private static final int INSTEAD = '\uFFFD';

    private Seen() {}

    /// The same with a sign in the place of each character that is not seen, and cut where it is too long.
    static String of(String text) {
        return text.codePoints()
                .limit(LONGEST)
                .map(point -> isHidden(point) ? INSTEAD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Whether something of it is not seen.
    static boolean hides(String text) {
        return text.codePoints().anyMatch(Seen::isHidden);
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
