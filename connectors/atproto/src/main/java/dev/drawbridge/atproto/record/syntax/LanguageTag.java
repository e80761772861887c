package dev.drawbridge.atproto.record.syntax;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Language tags of records, [BCP 47](https://www.rfc-editor.org/rfc/rfc5646): well-formed, without a variant or an
/// extension that comes twice (section 2.2.9). The language itself is written in lower case.
public final class LanguageTag {
    private static final int MAX_LENGTH = 128;
    private static final Pattern SYNTAX =
            Pattern.compile("(?:(?:i|[a-z]{2,3}|[a-z]{5,8})(?:-[A-Za-z0-9]{1,8})*|[Xx](?:-[A-Za-z0-9]{1,8})+)");
    private static final int VARIANT = 5;
    private static final int NUMBERED_VARIANT = 4;

    private LanguageTag() {}

    public static boolean hasSyntax(String text) {
        return text.length() <= MAX_LENGTH && SYNTAX.matcher(text).matches() && eachOnce(text);
    }

    private static boolean eachOnce(String text) {
        Set<String> variants = new HashSet<>();
        Set<String> extensions = new HashSet<>();
        String[] parts = text.toLowerCase(Locale.ROOT).split("-");
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            if (part.equals("x")) {
                return true;
            }
            boolean again = part.length() == 1
                    ? !extensions.add(part)
                    : extensions.isEmpty() && isVariant(part) && !variants.add(part);
            if (again) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVariant(String part) {
        return part.length() >= VARIANT || (part.length() == NUMBERED_VARIANT && Character.isDigit(part.charAt(0)));
    }
}
