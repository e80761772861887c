package dev.drawbridge.console;

/// What the pages say about the instance.
///
/// @param domain the instance's main domain
/// @param contact how to reach the operator; may be empty
/// @param live whether `/demo` and `/api/v1/crossings` are served: they name people, so only where nobody but the
/// operator's own machine can ask
public record ConsoleInfo(String domain, String version, String contact, boolean live) {}
