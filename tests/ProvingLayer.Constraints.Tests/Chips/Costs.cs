using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Tests.Support;
using Snapshooter.Xunit;

namespace ProvingLayer.Constraints.Tests.Chips;

/// <summary>What a row costs, pinned: a change is a visible line.</summary>
public class Costs
{
    [Fact]
    public void Columns_of_every_chip()
    {
        var lines = new List<string> { "chip, degree, main, preprocessed, constraints, messages, helper columns, committed cells a row" };
        foreach (var chip in ChipCatalog.All)
        {
            var helpers = chip.Reading.Layout.Groups.Length;
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{chip.Name}, {chip.Degree}, {chip.MainColumns.Length}, {chip.PreprocessedColumns.Length}, {chip.Reading.Constraints.Length}, {chip.Reading.Interactions.Length}, {helpers}, {chip.MainColumns.Length + (Extension5.Degree * helpers)}"));
        }

        lines.MatchSnapshot();
    }

    [Fact]
    public void Machine_ids_change_only_with_the_constraints() =>
        ChipCatalog.All.Select(chip => $"{chip.Name} {new Machine([chip]).Id<Poseidon2>()}").ToArray().MatchSnapshot();

    [Fact]
    public void Rows_and_cells_of_the_samples() =>
        SampleCircuits.All().Select(sample => sample.Name + ": " + string.Join(", ", sample.Circuit.Tables.Select(t => $"{t.Chip.Name} {t.UsedRows}/{t.Period}")))
            .ToArray().MatchSnapshot();

    [Fact]
    public void A_machine_is_rebuilt_from_its_chips_names()
    {
        var circuit = SampleCircuits.Everything().Circuit;
        var names = circuit.Machine.Chips.Select(chip => chip.Name).ToArray();
        Assert.True(Machine.TryCreate(names, out var machine));
        Assert.Equal(circuit.Machine.Id<Poseidon2>(), machine.Id<Poseidon2>());
        Assert.False(Machine.TryCreate([.. names.Reverse()], out _));
        Assert.False(Machine.TryCreate([names[0], names[0]], out _));
        Assert.False(Machine.TryCreate(["unknown"], out _));
    }
}
