using System.Collections.Immutable;
using ProvingLayer.Constraints;

namespace ProvingLayer.Stark.LogUp;

/// <summary>
/// Tables that are as tall as one another in every proof. Their rows stand side by side, so one sum S runs through the helpers of all of them, and
/// one instance column numbers the periods: both are in the permutation matrix of the leader, and so is what masks the one terminal.
/// </summary>
/// <param name="Leader">
/// The leader, by its number among the key's tables: of those that have witness columns and messages, failing that of those that have messages, the first with the fewest
/// messages, because its matrix is opened at a second point.
/// </param>
/// <param name="Members">The tables, the leader among them, in their order.</param>
internal sealed record HeightGroup(int Leader, ImmutableArray<int> Members)
{
    /// <summary>The groups of a key's tables, each table's at its place.</summary>
    public static HeightGroup[] Of(ReadOnlySpan<(int Circuit, Chip Chip, int LogPeriod)> tables, int maxLogInstances)
    {
        // Where only one number of instances can be, the shared tables' height is as fixed as the others'.
        var circuits = 0;
        foreach (var table in tables)
            circuits = Math.Max(circuits, table.Circuit + 1);
        var isFixed = maxLogInstances == 0 && circuits == 1;
        var members = new Dictionary<(int Circuit, int LogPeriod), List<int>>();
        for (var i = 0; i < tables.Length; i++)
        {
            var key = (isFixed ? 0 : tables[i].Chip.IsShared ? -1 : tables[i].Circuit, tables[i].LogPeriod);
            if (!members.TryGetValue(key, out var list))
                members.Add(key, list = []);
            list.Add(i);
        }

        var groups = new HeightGroup[tables.Length];
        foreach (var list in members.Values)
        {
            var leader = list[0];
            foreach (var table in list)
            {
                if (IsBetter(tables[table].Chip, tables[leader].Chip))
                    leader = table;
            }

            var group = new HeightGroup(leader, [.. list]);
            foreach (var table in list)
                groups[table] = group;
        }

        return groups;

        static bool IsBetter(Chip chip, Chip than) => Rank(chip) is var rank && Rank(than) is var other
            && (rank > other || (rank == other && chip.Reading.Interactions.Length < than.Reading.Interactions.Length));

        static int Rank(Chip chip) => chip.Reading.Interactions.IsEmpty ? 0 : chip.MainColumns.IsEmpty ? 1 : 2;
    }
}
