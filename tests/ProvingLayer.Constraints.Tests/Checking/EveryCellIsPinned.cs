using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using Snapshooter.Xunit;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>
/// Every cell of an honest trace, padding included, changed alone. A change is seen if the row then violates a constraint or says other messages than
/// before (the honest ones balanced, so others do not).
/// </summary>
public class EveryCellIsPinned
{
    private const int ManyColumns = 250;

    /// <summary>
    /// The reviewed list. On rows that instructions use only two kinds may stand there: inverses of an equality where the difference is zero, and limbs 5
    /// to 7 of an input that is a value of five limbs. Nothing reads either.
    /// </summary>
    [Fact]
    public void C1_changing_any_cell_of_an_honest_trace_is_seen_but_for_the_reviewed_free_cells()
    {
        var free = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sample in SampleCircuits.All())
            free.UnionWith(FreeCells(sample));
        Assert.All(free.Where(cell => !cell.EndsWith("padding", StringComparison.Ordinal)), cell =>
            Assert.True(cell.StartsWith("equal, inverse ", StringComparison.Ordinal) || IsUpperLimbOfInput(cell), cell));
        free.MatchSnapshot();
    }

    private static bool IsUpperLimbOfInput(string cell) =>
        new[] { "input, limb 5 ", "input, limb 6 ", "input, limb 7 ", "witness, limb 5,", "witness, limb 6,", "witness, limb 7," }
            .Any(limb => cell.StartsWith(limb, StringComparison.Ordinal));

    private static IEnumerable<string> FreeCells(Sample sample)
    {
        var (circuit, trace) = (sample.Circuit, sample.Trace());
        var random = new Random(20260711);
        for (var table = 0; table < circuit.Tables.Length; table++)
        {
            var (chip, used, main) = (circuit.Tables[table].Chip, circuit.Tables[table].UsedRows, trace.Main[table]);

            // All padding rows are alike: the first and the last stand for them.
            foreach (var row in Enumerable.Range(0, main.Height).Where(r => r <= used || r == main.Height - 1))
            {
                var before = Messages(sample, trace, table, row);
                for (var column = 0; column < main.Width; column++)
                {
                    var honest = main[row, column];
                    KoalaBear[] lies =
                    [
                        honest + KoalaBear.One, KoalaBear.Zero, KoalaBear.One, -KoalaBear.One,
                        KoalaBear.FromCanonical((uint)random.NextInt64(KoalaBear.Modulus)),
                    ];

                    // In the tables over bits, thousands of columns, the other boolean and an element at random stand for all.
                    if (main.Width > ManyColumns)
                        lies = [KoalaBear.One - honest, lies[^1]];
                    foreach (var lie in lies.Where(lie => lie != honest))
                    {
                        main[row, column] = lie;
                        if (Messages(sample, trace, table, row) is { } after && after.SequenceEqual(before!))
                        {
                            yield return $"{chip.Name}, {chip.MainColumns[column]}, {(row < used ? "used" : "padding")}";
                            break;
                        }
                    }

                    main[row, column] = honest;
                }
            }
        }
    }

    /// <summary>The row's messages in order; null if it violates a constraint.</summary>
    private static List<(BusMessage, KoalaBear)>? Messages(Sample sample, Trace trace, int table, int row)
    {
        var findings = new RowFindings();
        RowChecker.Read(sample.Circuit, trace, table, row, findings);
        return findings.Violations.Count > 0 ? null : [.. findings.Messages.Select(m => (m.Message, m.Multiplicity)).OrderBy(m => m.Message)];
    }
}
