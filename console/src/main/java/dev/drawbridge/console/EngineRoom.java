package dev.drawbridge.console;

import dev.drawbridge.engine.Examiner;
import dev.drawbridge.engine.HostStates;
import dev.drawbridge.engine.crypto.KeyRotation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator sees of the machine, on pages and in programs.
public record EngineRoom(Examiner examiner, KeyRotation rotation, HostStates hosts) {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRoom.class);

    /// Begins to encrypt everything with the newest master key, and returns. How it ends is in the log; what is done
    /// already stays done.
    public void rotate() {
        Thread.ofVirtual().name("key-rotation").start(() -> {
            try {
                LOG.info("{} keys were encrypted anew", rotation.run());
                long left = rotation.unopened().count();
                if (left > 0) {
                    LOG.error(
                            "{} keys do not open and stay as they are: {}",
                            left,
                            rotation.unopened().refs());
                }
            } catch (RuntimeException e) {
                LOG.error("keys are not encrypted anew: {}", e.getMessage());
            }
        });
    }
}
