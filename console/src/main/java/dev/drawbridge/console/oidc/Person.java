package dev.drawbridge.console.oidc;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What a provider says about somebody.
///
/// @param subject theirs for good at this provider
/// @param email one that the provider knows to be theirs, folded
/// @param doubted whether it names one without knowing that
record Person(String subject, Optional<String> email, boolean doubted, List<String> groups) {
    private static final int LONGEST = 255;

    /// @throws Refusal if it does not say who that is
    static Person of(JsonNode claims) {
        String subject = word(claims, "sub").orElseThrow(() -> new Refusal(Refusal.Why.WRONG, "no subject"));
        // A text `true` is not the truth of everybody: nobody is let in by it.
        JsonNode verified = claims.path("email_verified");
        boolean known = verified.isBoolean() && verified.booleanValue();
        String email = folded(claims.path("email").asString(""));
        JsonNode groups = claims.path("groups");
        List<String> names = groups.isArray()
                ? StreamSupport.stream(groups.spliterator(), false)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList()
                : List.of();
        return new Person(
                subject,
                Optional.of(email).filter(_ -> known).filter(Person::sound),
                !known && !email.isEmpty(),
                names);
    }

    /// What a claim calls somebody or something; empty if it is none, or more than what is seen of it.
    static Optional<String> word(JsonNode claims, String claim) {
        return Optional.of(claims.path(claim).asString("")).filter(Person::sound);
    }

    /// An address in which A to Z and a to z are the same, and nothing else is: of all of Unicode other letters would
    /// become these too.
    static String folded(String address) {
        return address.chars()
                .map(c -> c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }

    /// Whether it can be a name in the audit: what is seen of it is all of it, on one line.
    private static boolean sound(String text) {
        return !text.isBlank() && text.length() <= LONGEST && !Seen.hides(text);
    }

    /// How the audit names them. An address and a subject are told apart, as a subject may be the address of somebody
    /// else.
    String name() {
        return email.map(address -> "email:" + address).orElse("sub:" + subject);
    }
}
