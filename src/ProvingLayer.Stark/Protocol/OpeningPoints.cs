using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Protocol;

/// <summary>The points at which matrices are opened.</summary>
internal static class OpeningPoints
{
    /// <param name="kind">Which point.</param>
    /// <param name="point">ζ.</param>
    /// <param name="logHeight">log₂ of the height of the matrix: of the table, or of the period for the folded kinds.</param>
    /// <param name="logInstances">log₂ N.</param>
    public static T Of<T>(OpeningPoint kind, T point, int logHeight, int logInstances)
        where T : struct, IRing<T> => kind switch
        {
            OpeningPoint.Point => point,
            OpeningPoint.Next => T.Scale(point, KoalaBear.TwoAdicRoot(logHeight)),
            OpeningPoint.Folded => PowerOfTwo(point, logInstances),
            _ => T.Scale(PowerOfTwo(point, logInstances), KoalaBear.TwoAdicRoot(logHeight)),
        };

    /// <summary>value^(2^log).</summary>
    public static T PowerOfTwo<T>(T value, int log)
        where T : struct, IRing<T>
    {
        for (var i = 0; i < log; i++)
            value = T.Square(value);
        return value;
    }
}
