package dev.drawbridge.config.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands whose output others read keep the log out of it.
final class Logs {
    private Logs() {}

    static void off() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
            context.getLogger("dev.drawbridge").setLevel(Level.OFF);
            context.getLogger("de.bwaldvogel").setLevel(Level.OFF);
            context.getLogger("org.apache.activemq.artemis.core.server").setLevel(Level.OFF);
        }
    }
}
