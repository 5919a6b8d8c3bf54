package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;

class ObjectPropertiesTest {
  private static ObjectProperties of(Object value) {
    return ObjectProperties.of("a.B", Map.of("P", new Variant<>(value)));
  }

  private static void assertWrong(Object value, Consumer<ObjectProperties> read, String message) {
    assertThatThrownBy(() -> read.accept(of(value)))
        .isInstanceOf(BusException.class)
        .hasMessage(message);
  }

  @Test
  void values_areReadByTheirType() {
    assertThat(of(true).flag("P")).isTrue();
    assertThat(of(new UInt32(7)).number("P", 0)).isEqualTo(7);
    assertThat(of(20.5).number("P")).isEqualTo(20.5);
    assertThat(of(new DBusPath("/a")).path("P")).contains("/a");
  }

  @Test
  void pathToNowhere_isNone() {
    assertThat(of(new DBusPath("/")).path("P")).isEmpty();
  }

  @Test
  void missingValue_isReplacedWhereThatIsAllowed() {
    ObjectProperties empty = ObjectProperties.of("a.B", Map.of());
    assertThat(empty.flag("P", true)).isTrue();
    assertThat(empty.number("P", 3)).isEqualTo(3);
    assertThatThrownBy(() -> empty.text("P"))
        .isInstanceOf(BusException.class)
        .hasMessage("property P of a.B is missing");
  }

  @Test
  void valueOfAnotherType_isNamed() {
    assertWrong("x", p -> p.flag("P"), "property P of a.B is 'x', which is no Boolean");
    assertWrong("x", p -> p.flag("P", true), "property P of a.B is 'x', which is no Boolean");
    assertWrong(7, p -> p.text("P"), "property P of a.B is '7', which is no String");
  }

  @Test
  void listOfOtherThings_isNoListOfPaths() {
    ObjectProperties properties = new ObjectProperties("a.B", Map.of("P", List.of("/a")));
    assertThatThrownBy(() -> properties.paths("P"))
        .isInstanceOf(BusException.class)
        .hasMessage("property P of a.B is no list of paths");
  }

  @Test
  void pair_isANameAndAPath() {
    Object[] session = {"c1", new DBusPath("/s/c1")};
    Object[] wrong = {"c1", "/s/c1"};
    assertThat(new ObjectProperties("a.B", Map.of("P", session)).namedPath("P"))
        .isEqualTo(Optional.of("/s/c1"));
    assertThatThrownBy(() -> new ObjectProperties("a.B", Map.of("P", wrong)).namedPath("P"))
        .hasMessage("property P of a.B is no name with a path");
  }
}
