using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Cli.Commands;

/// <summary>How large a circuit is.</summary>
/// <param name="Rows">Rows of all tables, before padding; the shared byte table apart.</param>
/// <param name="Cells">Field elements the prover commits to for the trace and the bus: columns times padded rows.</param>
internal sealed record CircuitSize(long Rows, long Cells)
{
    /// <summary>The size of one instance.</summary>
    public static CircuitSize Of(Circuit circuit, VerifyingKey key) => new(
        circuit.Tables.Where(table => !table.Chip.IsShared).Sum(table => (long)table.UsedRows),
        key.Tables.Sum(table => (long)(table.MainWidth + table.PermutationWidth) << table.LogPeriod));
}
