using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.LogUp;

namespace ProvingLayer.Stark.Keys;

/// <summary>One table of a key's circuits. Widths and chunks follow from the chip and are stored to be compared with it.</summary>
/// <param name="Circuit">The circuit it belongs to, by its number in the key; −1 for a shared table.</param>
/// <param name="Chip">The chip's name.</param>
/// <param name="LogPeriod">log₂ of the rows of one instance; the height of a shared table.</param>
/// <param name="IsShared">Whether the proof holds one copy, whatever N.</param>
/// <param name="PreprocessedWidth">Preprocessed columns.</param>
/// <param name="MainWidth">Main columns: the chip's, and a hiding key's for the masks.</param>
/// <param name="PermutationWidth">Base columns of the permutation matrix.</param>
/// <param name="Degree">The greatest degree of its constraints, which the quotient's length follows from.</param>
public sealed record KeyTable(
    int Circuit, string Chip, int LogPeriod, bool IsShared, int PreprocessedWidth, int MainWidth, int PermutationWidth, int Degree)
{
    private readonly TableLayout? layout;

    internal TableLayout Layout
    {
        get => layout ?? throw new InvalidOperationException("compiler bug: a table of a key comes without its layout");
        private init => layout = value;
    }

    /// <summary>log₂ of the table's height; −1 where its circuit is absent.</summary>
    internal int LogHeight(InstanceCounts instances) =>
        IsShared ? LogPeriod : instances.IsPresent(Circuit) ? LogPeriod + instances.LogOf(Circuit) : InstanceCounts.Absent;

    internal static KeyTable Of(int circuit, TableLayout layout, int logPeriod) => new(
        circuit,
        layout.Chip.Name,
        logPeriod,
        layout.Chip.IsShared,
        layout.Chip.PreprocessedColumns.Length,
        layout.MainWidth,
        layout.PermutationWidth,
        layout.Degree)
    { Layout = layout };
}
