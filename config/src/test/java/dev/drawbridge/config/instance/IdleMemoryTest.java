package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
    @Test
    void theJvmThatRunsThisLetsItsHeapShrink() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

        IdleMemory.giveBack(machine);

        assertThat(machine.getVMOption("MinHeapFreeRatio").getValue()).isEqualTo("10");
        assertThat(machine.getVMOption("MaxHeapFreeRatio").getValue()).isEqualTo("30");
    }

    @Test
    void anOptionThatCannotBeSetDoesNotStopTheOthers() {
        var machine = new Stubborn();

        IdleMemory.giveBack(machine);

        assertThat(machine.asked).containsExactly("MinHeapFreeRatio", "MaxHeapFreeRatio", "G1PeriodicGCInterval");
    }

    /// A JVM that lets nothing be set.
    private static final class Stubborn implements HotSpotDiagnosticMXBean {
        private final List<String> asked = new ArrayList<>();

        @Override
        public void setVMOption(String name, String value) {
            asked.add(name);
            throw new IllegalArgumentException(name + " is not writeable");
        }

        @Override
        public void dumpHeap(String outputFile, boolean live) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<VMOption> getDiagnosticOptions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public VMOption getVMOption(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ObjectName getObjectName() {
            throw new UnsupportedOperationException();
        }
    }
}
