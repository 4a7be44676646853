using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.LogUp;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// A table's part of a quotient: Σ λ^e Cₑ(X) / (X^H − 1), evaluated on a coset c·⟨ω⟩ of Q·H points; c = 3 and Q a power of two such that they are as
/// many as the quotient has coefficients, or a part of these. Rows r below Q·H of a bit-reversed extension are just this coset, bit-reversed. Where the coefficients are only a few more than a
/// power of two, so are the points: the coset's first rows (<see cref="QuotientInterpolation"/>).
/// </summary>
internal sealed class QuotientValues
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Degree = Extension5.Degree;

    private readonly TableLayout layout;
    private readonly int logHeight;
    private readonly int logPeriod;
    private readonly int logExpansion; // log₂ Q
    private readonly MaskNumbers mask;
    private readonly CosetSelectors selectors;
    private readonly KoalaBear[] isPeriodEnd;
    private readonly int instanceColumn;

    /// <param name="layout">The table.</param>
    /// <param name="logHeight">log₂ H.</param>
    /// <param name="logPeriod">log₂ of the rows of one instance.</param>
    /// <param name="selectors">Of the coset and of tables of this height.</param>
    /// <param name="mask">The table's place in the ring of masks.</param>
    /// <param name="instanceColumn">The column of its leader's permutation matrix that holds the instance.</param>
    public QuotientValues(TableLayout layout, int logHeight, int logPeriod, CosetSelectors selectors, MaskNumbers mask, int instanceColumn)
    {
        this.instanceColumn = instanceColumn;
        this.mask = mask;
        this.layout = layout;
        this.logHeight = logHeight;
        this.logPeriod = logPeriod;
        this.selectors = selectors;
        logExpansion = selectors.LogCoset - logHeight;
        isPeriodEnd = layout.HasInstance ? selectors.PeriodEnd(logPeriod) : [];
    }

    /// <param name="main">Extension of the main matrix.</param>
    /// <param name="permutation">Extensions of the permutation matrices that it reads.</param>
    /// <param name="preprocessed">The preprocessed polynomials on c^N·⟨ω⟩, Q·L points, bit-reversed.</param>
    /// <param name="fingerprint">Of α and β.</param>
    /// <param name="powers">Those of λ that weigh the constraints, the last constraint's first: as Horner's rule gives them to the verifier.</param>
    /// <param name="terminal">T.</param>
    /// <param name="values">Receives five base columns on the coset's first rows, as many as it has, bit-reversed.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void Evaluate(
        Matrix main,
        HelperRows permutation,
        Matrix preprocessed,
        Fingerprint<PackedExtension5> fingerprint,
        ReadOnlySpan<Extension5> powers,
        Extension5 terminal,
        Matrix values,
        CancellationToken cancellation)
    {
        var weights = new PackedExtension5[powers.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = PackedExtension5.Broadcast(powers[^(i + 1)]);
        Ranges.Run(
            values.Height / Lanes,
            16,
            (from, to) => Evaluate(main, permutation, preprocessed, fingerprint, weights, PackedExtension5.Broadcast(terminal), values, from, to),
            cancellation);
    }

    private void Evaluate(
        Matrix main,
        HelperRows helperRows,
        Matrix preprocessed,
        Fingerprint<PackedExtension5> fingerprint,
        PackedExtension5[] weights,
        PackedExtension5 terminal,
        Matrix values,
        int from,
        int to)
    {
        var permutation = helperRows.Own;
        var mainRow = new PackedKoalaBear[main.Width];
        var permutationRow = new PackedKoalaBear[permutation.Width];
        var permutationNext = new PackedKoalaBear[layout.HasSum || layout.HasInstance ? permutation.Width : 0];
        var preprocessedRow = new PackedKoalaBear[preprocessed.Width];
        var preprocessedNext = new PackedKoalaBear[layout.Chip.ReadsNextPreprocessedRow ? preprocessed.Width : 0];
        var numerators = new PackedKoalaBear[layout.Interactions];
        var denominators = new PackedExtension5[layout.Interactions];
        var helpers = new PackedExtension5[layout.Groups.Length];
        Span<int> rows = stackalloc int[Lanes];
        Span<Extension5> lanes = stackalloc Extension5[Lanes];
        var logInstances = logHeight - logPeriod;
        for (var pack = from; pack < to; pack++)
        {
            var first = pack * Lanes;
            PackedRows.Load(main, first, mainRow);
            PackedRows.Load(permutation, first, permutationRow);
            if (permutationNext.Length > 0)
            {
                for (var lane = 0; lane < Lanes; lane++)
                    rows[lane] = NextRow(first + lane, logHeight);
                PackedRows.Load(permutation, rows, permutationNext);
            }

            // X = cω^i has X^N = c^N·ω_QL^(i mod QL): dropping the high bits of i drops the low bits of its reversal.
            for (var lane = 0; lane < Lanes; lane++)
                rows[lane] = (first + lane) >> logInstances;
            PackedRows.Load(preprocessed, rows, preprocessedRow);
            if (preprocessedNext.Length > 0)
            {
                foreach (ref var row in rows)
                    row = NextRow(row, logPeriod);
                PackedRows.Load(preprocessed, rows, preprocessedNext);
            }

            var instance = helperRows.Leader is { } leader ? PackedRows.Column(leader, first, instanceColumn) : PackedKoalaBear.Zero;
            var folder = new PackedFolder
            {
                MainRow = mainRow,
                PreprocessedRow = preprocessedRow,
                PreprocessedNextRow = preprocessedNext,
                Instance = instance,
                Fingerprint = fingerprint,
                Weights = weights,
                Numerators = numerators,
                Denominators = denominators,
            };
            layout.Chip.Constrain<PackedKoalaBear, PackedFolder>(ref folder);
            if (layout.HasMask)
            {
                TerminalMask.Write<PackedKoalaBear, PackedExtension5, PackedAlgebra>(
                    fingerprint,
                    mainRow.AsSpan(layout.MaskColumn),
                    mask,
                    PackedKoalaBear.Load(selectors.Last.AsSpan(first)),
                    numerators.AsSpan(layout.MaskMessage),
                    denominators.AsSpan(layout.MaskMessage));
            }

            for (var i = 0; i < helpers.Length; i++)
                helpers[i] = PackedRows.Extension(permutationRow.AsSpan(i * Degree));
            var context = new RowContext<PackedKoalaBear, PackedExtension5>
            {
                Helpers = helpers,
                Others = helperRows.SumOfOthers(first),
                Sum = layout.HasSum ? PackedRows.Extension(permutationRow.AsSpan(layout.SumColumn)) : default,
                SumNext = layout.HasSum ? PackedRows.Extension(permutationNext.AsSpan(layout.SumColumn)) : default,
                Terminal = terminal,
                Instance = instance,
                InstanceNext = layout.HasInstance ? permutationNext[layout.InstanceColumn] : default,
                IsFirst = PackedKoalaBear.Load(selectors.First.AsSpan(first)),
                IsLast = PackedKoalaBear.Load(selectors.Last.AsSpan(first)),
                IsTransition = PackedKoalaBear.Load(selectors.Transition.AsSpan(first)),
                IsPeriodEnd = layout.HasInstance ? PackedKoalaBear.Load(isPeriodEnd.AsSpan(first)) : default,
            };
            LogUpConstraints<PackedKoalaBear, PackedExtension5, PackedAlgebra>.Fold(ref folder, layout, context, numerators, denominators);

            var quotient = folder.Folded * PackedKoalaBear.FromBase(selectors.VanishingInverse[first >> logHeight]);
            quotient.Store(lanes);
            for (var lane = 0; lane < Lanes; lane++)
                lanes[lane].CopyTo(values.Row(first + lane));
        }
    }

    /// <summary>The bit-reversed row of gX, g generating the domain of 2^<paramref name="log"/> rows: Q steps on in natural order.</summary>
    private int NextRow(int row, int log)
    {
        var bits = log + logExpansion;
        return BitReversal.Reverse((BitReversal.Reverse(row, bits) + (1 << logExpansion)) & ((1 << bits) - 1), bits);
    }
}
