using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>Constraint coverage: what would be accepted if a constraint or a message were not there.</summary>
public class EveryConstraintMatters
{
    /// <summary>One constraint, in one row or in several: activities that are not boolean cancel each other only in pairs.</summary>
    [Fact]
    public void C3_each_constraint_alone_forbids_a_forgery()
    {
        var covered = new HashSet<(string, string)>();
        foreach (var forgery in Forgeries.All())
        {
            var report = ConstraintChecker.Check(forgery.Circuit, forgery.Trace);
            Assert.True(report.Imbalances.IsEmpty, $"{forgery.Chip}, {forgery.Constraint}: {report}");
            Assert.Equal((forgery.Chip, forgery.Constraint), Assert.Single(report.Violations.Select(violation => (violation.Chip, violation.Constraint)).Distinct()));
            covered.Add((forgery.Chip, forgery.Constraint));
        }

        var all = ChipCatalog.All.SelectMany(chip => chip.Reading.Constraints.Select(constraint => (chip.Name, constraint.Name))).ToHashSet();
        Assert.Equal(100.0, 100.0 * covered.Count / all.Count);
        Assert.Superset(all, covered);
    }

    /// <summary>An honest trace balances only if each message is there.</summary>
    [Fact]
    public void C3_each_message_is_needed_for_honest_traces_to_balance()
    {
        var used = new HashSet<(string, string)>();
        var findings = new RowFindings();
        foreach (var sample in SampleCircuits.All())
        {
            var trace = sample.Trace();
            for (var table = 0; table < sample.Circuit.Tables.Length; table++)
            {
                for (var row = 0; row < trace.Main[table].Height; row++)
                {
                    RowChecker.Read(sample.Circuit, trace, table, row, findings);
                    used.UnionWith(findings.Messages.Select(message => (sample.Circuit.Tables[table].Chip.Name, message.Name)));
                }
            }
        }

        var all = ChipCatalog.All.SelectMany(chip => chip.Reading.Interactions.Select(interaction => (chip.Name, interaction.Name))).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Empty(all.Except(used));
    }

    /// <summary>
    /// Each byte column in turn holds an element that is no byte while its limb keeps its value (low + 256, high − 1; low − 1, high + 1/256): the one look-up
    /// of that column is unanswered, nothing else is wrong.
    /// </summary>
    [Theory]
    [InlineData("word sum", Operation.Add)]
    [InlineData("word product", Operation.Multiply)]
    [InlineData("input", Operation.Input)]
    [InlineData("word bytes", Operation.SplitBytes)]
    [InlineData("sha256 sum", Operation.Sha256Sum)]
    public void C3_each_byte_look_up_alone_forbids_a_limb_of_other_bytes(string chipName, Operation operation)
    {
        var builder = new CircuitBuilder();
        var (a, b) = (builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1));
        if (operation == Operation.Add)
            builder.Add(a, b);
        if (operation == Operation.Multiply)
            builder.MultiplyAdd(a, b, a, b);
        if (operation == Operation.SplitBytes)
            builder.SplitBytes(a); // unread, so that nothing but the look-ups and the word bind the bytes
        if (operation == Operation.Sha256Sum)
            builder.Sha256Sum(a, b, b, a);
        var circuit = builder.Build();
        var table = circuit.Table(chipName);
        var chip = circuit.Tables[table].Chip;
        var columns = chip.MainColumns.Where(c => c.EndsWith(" low", StringComparison.Ordinal) || c.EndsWith(" ones", StringComparison.Ordinal)).ToArray();
        Assert.Equal(chip.Reading.Interactions.Count(i => i.Bus == Bus.Byte), 2 * columns.Length);
        foreach (var name in columns)
        {
            // Equations of a product take two byte columns: where the odd bytes of one factor are zero, the bytes of the other may be exchanged within a limb.
            var first = AllLimbs(chipName == "word product" && name.StartsWith('b') ? 0xfdu : 0xf6fd);
            var second = AllLimbs(chipName == "word product" && name.StartsWith('a') ? 0xfbu : 0x7dfb);
            var honest = CircuitExecutor.Run(circuit, [first, second]).Trace!;
            var low = chip.Column(name);
            var unit = Traces.Element(name.EndsWith(" ones", StringComparison.Ordinal) ? 16 : 256);
            foreach (var forgeLow in new[] { true, false })
            {
                var trace = honest.Copy();
                var row = trace.Main[table].Row(0);
                var (highDelta, offender) = forgeLow ? (-Traces.Element(256) * unit.Inverse(), low) : (unit.Inverse(), low + 1);
                Assert.True(forgeLow ? row[low + 1].Canonical >= (-highDelta).Canonical : !row[low].IsZero, $"{name} is too small to forge");
                row[low] -= highDelta * unit;
                row[low + 1] += highDelta;
                trace.RecountBytes(circuit);
                var report = ConstraintChecker.Check(circuit, trace);
                Assert.Empty(report.Violations);
                var imbalance = Assert.Single(report.Imbalances);
                Assert.Equal(new BusMessage(Bus.Byte, [row[offender]]), imbalance.Message);
            }
        }
    }

    private static CellValue AllLimbs(uint limb) => CellValue.Word(UInt128.MaxValue / 0xffff * limb);
}
