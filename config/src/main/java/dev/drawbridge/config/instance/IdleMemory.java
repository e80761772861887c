package dev.drawbridge.config.instance;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back to the machine what starting needed and running does not.
///
/// A JVM started without options keeps up to 70 % of its heap free after a collection, which here is what two threads
/// allocated at once while the instance started. These options may be set while it runs, so they hold however it was
/// started; the launcher's own are in the script `drawbridge`.
public final class IdleMemory {
    private static final Logger LOG = LoggerFactory.getLogger(IdleMemory.class);

    /// In this order: the least free share must be below the greatest one at each step. Percent, and milliseconds.
    private static final Map<String, String> OPTIONS = options();

    private IdleMemory() {}

    private static Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("MinHeapFreeRatio", "10");
        options.put("MaxHeapFreeRatio", "30");
        // an instance that nobody uses at night collects once and shrinks again; read by G1 only (JEP 346)
        options.put("G1PeriodicGCInterval", "300000");
        return options;
    }

    /// Sets the options and collects once. A JVM that has one of them not, or lets it not be set, keeps its own way.
    public static void giveBack(HotSpotDiagnosticMXBean machine) {
        OPTIONS.forEach((option, value) -> {
            try {
                machine.setVMOption(option, value);
            } catch (IllegalArgumentException | UnsupportedOperationException e) {
                LOG.debug("the JVM keeps its own {}: {}", option, e.getMessage());
            }
        });
        System.gc();
    }
}
