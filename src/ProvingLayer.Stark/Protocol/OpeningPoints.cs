using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Protocol;

/// <summary>
/// A point that ζ determines: ω·ζ^(2^LogPower), ω the generator of the domain of 2^LogRoot points (1 for LogRoot = 0), times 3 where it is shifted. Equal
/// names, equal points.
/// </summary>
internal readonly record struct PointName(int LogPower, int LogRoot, bool IsShifted = false)
{
    public T Of<T>(T point)
        where T : struct, IRing<T>
    {
        var power = OpeningPoints.PowerOfTwo(point, LogPower);
        if (IsShifted)
            power = T.Scale(power, KoalaBear.Generator);
        return LogRoot == 0 ? power : T.Scale(power, KoalaBear.TwoAdicRoot(LogRoot));
    }
}

/// <summary>The points at which matrices are opened.</summary>
internal static class OpeningPoints
{
    /// <param name="kind">Which point.</param>
    /// <param name="logHeight">log₂ of the height of the matrix: of the table, or of the period for the folded kinds.</param>
    /// <param name="logInstances">log₂ N.</param>
    public static PointName Name(OpeningPoint kind, int logHeight, int logInstances) => kind switch
    {
        OpeningPoint.Point => new(0, 0),
        OpeningPoint.Next => new(0, logHeight),
        OpeningPoint.Folded => new(logInstances, 0),
        OpeningPoint.Shifted => new(0, 0, IsShifted: true),
        _ => new(logInstances, logHeight),
    };

    /// <summary>value^exponent, the exponent positive.</summary>
    public static T Power<T>(T value, int exponent)
        where T : struct, IRing<T>
    {
        var power = value;
        for (var bit = int.Log2(exponent) - 1; bit >= 0; bit--)
        {
            power = T.Square(power);
            if ((exponent >> bit & 1) != 0)
                power *= value;
        }

        return power;
    }

    /// <summary>value^(2^log).</summary>
    public static T PowerOfTwo<T>(T value, int log)
        where T : struct, IRing<T>
    {
        for (var i = 0; i < log; i++)
            value = T.Square(value);
        return value;
    }
}
