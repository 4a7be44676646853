using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Execution;

/// <summary>
/// The trace of many instances, put together from runs of one instance each: their rows one under the other, table by table; the counts of shared
/// tables are added. Instances of different numbers may be written at the same time.
/// </summary>
public sealed class BatchTrace
{
    private readonly CircuitUnion union;
    private readonly InstanceCounts instances;
    private readonly ImmutableArray<Matrix> main;
    private readonly Lock counting = new();

    /// <summary>Makes room for so many instances.</summary>
    /// <param name="union">The circuits.</param>
    /// <param name="instances">How often each is there.</param>
    public BatchTrace(CircuitUnion union, InstanceCounts instances)
    {
        ArgumentNullException.ThrowIfNull(union);
        ArgumentNullException.ThrowIfNull(instances);
        if (instances.Circuits != union.Circuits.Length)
            throw new ArgumentException($"There are {union.Circuits.Length} circuits, not {instances.Circuits}.", nameof(instances));
        (this.union, this.instances) = (union, instances);
        main =
        [
            .. Enumerable.Range(0, union.Tables.Length).Select(table => union.LogHeight(table, instances) is >= 0 and var log
                ? new Matrix(1 << log, union.Tables[table].Table.Chip.MainColumns.Length)
                : new Matrix(0, 0)),
        ];
    }

    /// <summary>Writes one instance.</summary>
    /// <param name="circuit">Which of the circuits it is a run of.</param>
    /// <param name="instance">Its number among that circuit's instances.</param>
    /// <param name="run">The trace of the run.</param>
    /// <param name="step">Which step of a history it is, the first being 0; null if it is none, an ordinary run that fills up.</param>
    public void Write(int circuit, int instance, Trace run, int? step = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfNegative(instance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instance, (1 << instances.LogOf(circuit)) - 1);
        for (var table = 0; table < main.Length; table++)
        {
            var (owner, source, content) = union.Tables[table];
            if (owner == circuit)
            {
                var rows = run.Main[source];
                var first = instance * content.Period;
                rows.Data.CopyTo(main[table].Data, first * rows.Width);
                if (content.Chip is HistoryChip)
                    HistoryChip.Number(main[table].Row(first), step);
            }
            else if (owner == CircuitUnion.Shared && union.Circuits[circuit].TableOf(content.Chip) is >= 0 and var shared)
            {
                var (sum, counts) = (main[table].Data, run.Main[shared].Data);
                lock (counting)
                {
                    for (var i = 0; i < sum.Length; i++)
                        sum[i] += counts[i];
                }
            }
        }
    }

    /// <summary>The trace, once every instance is written.</summary>
    /// <param name="statement">The public values, or the ends of the history.</param>
    public Trace Build(params ImmutableArray<KoalaBear> statement) => new(main, statement, instances);
}
