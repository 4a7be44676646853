using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// What tells rows apart on a coset c·⟨ω⟩ of Q·H points, bit-reversed: the Lagrange polynomials of the first and the last row, X − g⁻¹, and 1/(X^H − 1). Tables of one height share them.
/// </summary>
/// <remarks>
/// Lagrange polynomials of the domain of 2^log points at Y: L_a(Y) = a·(Y^(2^log) − 1) / (2^log·(Y − a)). On the coset X^H = c^H·ω_Q^i takes Q values, constant on runs of H bit-reversed rows. X^H is also
/// Y^L for Y = X^N, so one vanishing polynomial serves the rows of the table and those of a period.
/// </remarks>
internal sealed class CosetSelectors
{
    private const long OperationsPerPoint = 1 << 6;

    private readonly int logHeight;
    private readonly BufferLease buffers;
    private readonly KoalaBear[] points;
    private readonly KoalaBear[] vanishing; // by r >> log H
    private readonly Dictionary<int, KoalaBear[]> periodEnds = [];

    /// <param name="logHeight">log₂ H.</param>
    /// <param name="logCoset">log₂ of the points.</param>
    /// <param name="shift">c.</param>
    /// <param name="buffers">Where the values lie.</param>
    public CosetSelectors(int logHeight, int logCoset, KoalaBear shift, BufferLease buffers)
    {
        this.logHeight = logHeight;
        this.buffers = buffers;
        LogCoset = logCoset;
        points = ColumnEvaluation.DomainPoints(logCoset, shift, RowOrder.BitReversed);
        vanishing = new KoalaBear[1 << (logCoset - logHeight)];
        for (var i = 0; i < vanishing.Length; i++)
            vanishing[i] = points[i << logHeight].Pow(1ul << logHeight) - KoalaBear.One;
        VanishingInverse = [.. vanishing.Select(value => value.Inverse())];

        var last = KoalaBear.TwoAdicRoot(logHeight).Inverse();
        First = Lagrange(KoalaBear.One, 0);
        Last = Lagrange(last, 0);
        Transition = buffers.Array<KoalaBear>(points.Length);
        for (var r = 0; r < points.Length; r++)
            Transition[r] = points[r] - last;
    }

    /// <summary>log₂ of the points.</summary>
    public int LogCoset { get; }

    /// <summary>1 on the first row of the trace domain, 0 on the others.</summary>
    public KoalaBear[] First { get; }

    /// <summary>1 on the last row, 0 on the others.</summary>
    public KoalaBear[] Last { get; }

    /// <summary>0 on the last row alone.</summary>
    public KoalaBear[] Transition { get; }

    /// <summary>1 / (X^H − 1), by r >> log H.</summary>
    public KoalaBear[] VanishingInverse { get; }

    /// <summary>1 on the last row of each period, 0 on the others.</summary>
    public KoalaBear[] PeriodEnd(int logPeriod)
    {
        if (!periodEnds.TryGetValue(logPeriod, out var values))
            periodEnds.Add(logPeriod, values = Lagrange(KoalaBear.TwoAdicRoot(logPeriod).Inverse(), logHeight - logPeriod));
        return values;
    }

    private KoalaBear[] Lagrange(KoalaBear at, int logPower)
    {
        var values = buffers.Array<KoalaBear>(points.Length);
        var factor = at * KoalaBear.FromCanonical(1u << (logHeight - logPower)).Inverse();
        WorkPartition.ForRanges(values.Length, OperationsPerPoint, (from, to) =>
        {
            for (var r = from; r < to; r++)
                values[r] = points[r].Pow(1ul << logPower) - at;
            if (!FieldAlgorithms.TryBatchInverse<KoalaBear>(values.AsSpan(from..to)))
                throw new InvalidOperationException("compiler bug: the coset meets the trace domain");
            for (var r = from; r < to; r++)
                values[r] *= factor * vanishing[r >> logHeight];
        });
        return values;
    }
}
