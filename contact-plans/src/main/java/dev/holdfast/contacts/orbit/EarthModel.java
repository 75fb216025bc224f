package dev.holdfast.contacts.orbit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.geometry.euclidean.threed.Rotation;
import org.hipparchus.geometry.euclidean.threed.Vector3D;
import org.orekit.attitudes.FrameAlignedProvider;
import org.orekit.errors.OrekitException;
import org.orekit.frames.Frame;
import org.orekit.frames.Frames;
import org.orekit.orbits.KeplerianOrbit;
import org.orekit.orbits.PositionAngleType;
import org.orekit.propagation.PropagationType;
import org.orekit.propagation.Propagator;
import org.orekit.propagation.analytical.BrouwerLyddanePropagator;
import org.orekit.propagation.analytical.EcksteinHechlerPropagator;
import org.orekit.propagation.analytical.tle.TLE;
import org.orekit.propagation.analytical.tle.TLEPropagator;
import org.orekit.time.AbsoluteDate;
import org.orekit.time.DateComponents;
import org.orekit.time.OffsetModel;
import org.orekit.time.TimeScales;
import org.orekit.utils.Constants;
import org.orekit.utils.IERSConventions;

/**
 * The Earth and its satellites by Orekit, from a data context of our own: leap seconds as a table
 * here, and no Earth orientation parameters, so that UT1 is taken for UTC (up to 0.9 s of rotation,
 * 0.4 km at the equator).
 */
final class EarthModel {
  /** Above this the theory of Eckstein and Hechler is not meant to be used. */
  private static final double NEARLY_CIRCULAR = 0.05;

  private static final double METRES = 1000;

  /** How far apart the axes are worked out in full; between them the Earth only spins. */
  private static final long GRID_SECONDS = 3600;

  private static final int GRID_REMEMBERED = 256;

  /** Radians in a second of UT1 (IERS 2010). */
  private static final double SPIN = 7.292115146706979e-5;

  private final Frame inertial;
  private final Frame fixed;
  private final Frame ofTle;
  private final TimeScales scales;
  private final AbsoluteDate zero;
  private final Axes equator;
  private final LinkedHashMap<Long, Axes> grid =
      new LinkedHashMap<>(GRID_REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Axes> eldest) {
          return size() > GRID_REMEMBERED;
        }
      };

  EarthModel(TimeBase base) {
    List<OffsetModel> leaps =
        TimeBase.LEAPS.stream()
            .map(
                leap ->
                    new OffsetModel(
                        new DateComponents(leap.year(), leap.month(), 1), leap.seconds()))
            .toList();
    scales = TimeScales.of(leaps, (_, _) -> List.of());
    Frames frames =
        Frames.of(
            scales,
            () -> {
              throw new IllegalStateException("no frame here has the Sun in it");
            });
    inertial = frames.getEME2000();
    fixed = frames.getITRF(IERSConventions.IERS_2010, true);
    ofTle = frames.getTEME();
    zero = new AbsoluteDate(base.start(), scales.getUTC());
    equator = axes(frames.getTOD(IERSConventions.IERS_2010, true), 0);
  }

  /**
   * The axes of the Earth at an instant, first axis through Greenwich: the full model at the
   * nearest hour, spun from there. In half an hour the pole moves by less than a metre.
   */
  Axes axes(double seconds) {
    long hour = Math.round(seconds / GRID_SECONDS);
    Axes near = grid.computeIfAbsent(hour, k -> axes(fixed, (double) (k * GRID_SECONDS)));
    double spun = SPIN * (seconds - (double) (hour * GRID_SECONDS));
    double cos = Math.cos(spun);
    double sin = Math.sin(spun);
    return new Axes(
        near.x().times(cos).plus(near.y().times(sin)),
        near.y().times(cos).minus(near.x().times(sin)),
        near.z());
  }

  /** The true equator and equinox at the start, to which orbital elements refer. */
  Axes equator() {
    return equator;
  }

  private Axes axes(Frame frame, double seconds) {
    Rotation turn = frame.getStaticTransformTo(inertial, zero.shiftedBy(seconds)).getRotation();
    return new Axes(
        vector(turn.applyTo(Vector3D.PLUS_I)),
        vector(turn.applyTo(Vector3D.PLUS_J)),
        vector(turn.applyTo(Vector3D.PLUS_K)));
  }

  private static Vector vector(Vector3D vector) {
    return new Vector(vector.getX(), vector.getY(), vector.getZ());
  }

  /**
   * A satellite given by the two lines that NORAD publishes, moved by SGP4 or SDP4.
   *
   * @throws IllegalArgumentException if the lines are no such elements; the message says what is
   *     wrong
   */
  Motion satellite(TwoLines lines) {
    try {
      TLE elements = new TLE(lines.first(), lines.second(), scales.getUTC());
      Propagator moved = TLEPropagator.selectExtrapolator(elements, ofTle);
      double period = 2 * Math.PI / elements.getMeanMotion();
      return new Satellite(
          period, seconds -> position(moved.getPosition(zero.shiftedBy(seconds), inertial)));
    } catch (OrekitException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** By how many days the epoch of the elements is before the start; negative if after it. */
  double ageDays(TwoLines lines) {
    TLE elements = new TLE(lines.first(), lines.second(), scales.getUTC());
    return zero.durationFrom(elements.getDate()) / Constants.JULIAN_DAY;
  }

  /**
   * A satellite given by mean elements at the start, moved under the Earth's zonal harmonics: by
   * Eckstein and Hechler (up to the sixth) if nearly circular, else by Brouwer and Lyddane (up to
   * the fifth).
   *
   * @throws IllegalArgumentException if no such orbit can be followed
   */
  Motion satellite(Elements elements) {
    try {
      // The theories count angles from the Earth's equator; the frame is only their label, the
      // result is turned from the equator of the start to EME2000.
      KeplerianOrbit orbit =
          new KeplerianOrbit(
              elements.semiMajorAxis() * METRES,
              elements.eccentricity(),
              elements.inclination(),
              elements.pericentre(),
              elements.node(),
              elements.meanAnomaly(),
              PositionAngleType.MEAN,
              inertial,
              zero,
              Constants.EIGEN5C_EARTH_MU);
      Propagator moved = elements.eccentricity() < NEARLY_CIRCULAR ? round(orbit) : oval(orbit);
      return new Satellite(
          elements.period(Body.EARTH),
          seconds -> equator.turn(position(moved.getPosition(zero.shiftedBy(seconds), inertial))));
    } catch (OrekitException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Propagator round(KeplerianOrbit orbit) {
    return new EcksteinHechlerPropagator(
        orbit,
        FrameAlignedProvider.of(orbit.getFrame()),
        Propagator.DEFAULT_MASS,
        Constants.EIGEN5C_EARTH_EQUATORIAL_RADIUS,
        Constants.EIGEN5C_EARTH_MU,
        Constants.EIGEN5C_EARTH_C20,
        Constants.EIGEN5C_EARTH_C30,
        Constants.EIGEN5C_EARTH_C40,
        Constants.EIGEN5C_EARTH_C50,
        Constants.EIGEN5C_EARTH_C60,
        PropagationType.MEAN);
  }

  private static Propagator oval(KeplerianOrbit orbit) {
    return new BrouwerLyddanePropagator(
        orbit,
        FrameAlignedProvider.of(orbit.getFrame()),
        Propagator.DEFAULT_MASS,
        Constants.EIGEN5C_EARTH_EQUATORIAL_RADIUS,
        Constants.EIGEN5C_EARTH_MU,
        Constants.EIGEN5C_EARTH_C20,
        Constants.EIGEN5C_EARTH_C30,
        Constants.EIGEN5C_EARTH_C40,
        Constants.EIGEN5C_EARTH_C50,
        PropagationType.MEAN,
        0);
  }

  private static Vector position(Vector3D metres) {
    return vector(metres).times(1 / METRES);
  }
}
