using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Symbolic;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>A trace that one constraint alone forbids.</summary>
internal sealed record Forgery(string Chip, string Constraint, Circuit Circuit, Trace Trace);

/// <summary>
/// For each constraint of each chip a forged trace that violates it and nothing else: no other constraint, no message. Whoever removes the constraint
/// accepts the forgery.
/// </summary>
internal static partial class Forgeries
{
    /// <summary>One after the other: together they would take hundreds of megabytes.</summary>
    public static IEnumerable<Forgery> All() => new[]
    {
        Extension(), WordSum(), WordProduct(), Select(), Equal(), Pack(), Bits(), Poseidon(1), Poseidon(2), Paths(1), Paths(2), Horner(), Fold(),
        ExclusiveOr(), Keccak(), Sha256Sum(), Sha256Rounds(), Public(), History(),
    }.SelectMany(forgeries => forgeries);

    /// <summary>A result that differs in one coordinate.</summary>
    private static IEnumerable<Forgery> Extension()
    {
        var builder = new CircuitBuilder();
        var x = builder.Input(CellType.Value, 0);
        builder.MulAdd(x, x, x);
        var circuit = builder.Build();
        for (var i = 0; i < Extension5.Degree; i++)
        {
            var limb = i;
            var liar = new Liar(circuit).About(Operation.Arithmetic, 0, 0, limbs => limbs[limb] += KoalaBear.One);
            yield return new("extension", $"d is the combination, limb {i}", circuit, liar.Run(CellValue.Value(Extension5.X)));
        }
    }

    /// <summary>
    /// 32512·2^16 = p − 1: a carry of 32512 pays for a limb that is 1 too great (for a difference, too small), and the next limb takes it in.
    /// </summary>
    private static IEnumerable<Forgery> WordSum()
    {
        foreach (var operation in new[] { Operation.Add, Operation.Subtract })
        {
            var sign = operation == Operation.Add ? 1 : -1;
            var builder = new CircuitBuilder();
            var (a, b) = (builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1));
            _ = operation == Operation.Add ? builder.Add(a, b) : builder.Subtract(a, b);
            var circuit = builder.Build();
            var inputs = operation == Operation.Add ? (100u, 200u) : (50_000u, 200u);
            for (var i = 0; i < Cells.Limbs; i++)
            {
                var limb = i;
                var liar = new Liar(circuit).About(operation, 0, 0, limbs =>
                {
                    limbs[limb] += Traces.Element(sign);
                    if (limb + 1 < Cells.Limbs)
                        limbs[limb + 1] += Traces.Element(sign * 32_512);
                });
                if (limb + 1 == Cells.Limbs)
                    liar.About(operation, 0, 1, limbs => limbs[0] = Traces.Element(32_512));
                yield return new("word sum", $"carry out of limb {i} is boolean", circuit, liar.Run(AllLimbs(inputs.Item1), AllLimbs(inputs.Item2)));
            }
        }

        var free = new CircuitBuilder();
        var word = free.Input(CellType.Word, 0);
        free.Add(word, word, free.Input(CellType.Value, 1));
        var withCarry = free.Build(); // the executor takes a carry of 2 for 0, so the honest sum of 5, 5 and 2 is a lie to it
        yield return new(
            "word sum", "carry in is boolean", withCarry,
            new Liar(withCarry).About(Operation.Add, 0, 0, limbs => limbs[0] += Traces.Element(2))
                .Run(CellValue.Word(5), CellValue.Value(KoalaBear.FromCanonical(2))));

        var plain = new CircuitBuilder();
        word = plain.Input(CellType.Word, 0);
        plain.Add(word, word);
        var doubled = plain.Build();
        yield return new(
            "word sum", "carry out is the last limb's", doubled,
            new Liar(doubled).About(Operation.Add, 0, 1, limbs => limbs[0] = KoalaBear.One).Run(CellValue.Word(5)));
    }

    /// <summary>One limb of the product is 1 too great, all carries stay.</summary>
    private static IEnumerable<Forgery> WordProduct()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        builder.MultiplyAdd(a, a);
        var circuit = builder.Build();
        var chip = circuit.Tables[circuit.Table("word product")].Chip;
        for (var k = 0; k < 16; k++)
        {
            var trace = CircuitExecutor.Run(circuit, [AllLimbs(0x1234)]).Trace!;
            var column = chip.Column(k < 8 ? $"low {k} low" : $"high {k - 8} low");
            trace.Main[circuit.Table("word product")][0, column] += KoalaBear.One;
            trace.RecountBytes(circuit);
            yield return new("word product", $"product limb {k}", circuit, trace);
        }
    }

    private static IEnumerable<Forgery> Select()
    {
        var builder = new CircuitBuilder();
        builder.Select(builder.Input(CellType.Value, 0), builder.Input(CellType.Word, 1), builder.Input(CellType.Word, 2));
        var circuit = builder.Build();
        yield return new(
            "select", "condition is boolean", circuit,
            new Liar(circuit).Run(CellValue.Value(KoalaBear.FromCanonical(2)), CellValue.Word(7), CellValue.Word(5)));
    }

    /// <summary>Two words that differ in one limb are claimed to be equal: the inverse is withheld.</summary>
    private static IEnumerable<Forgery> Equal()
    {
        var builder = new CircuitBuilder();
        builder.Equal(builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1));
        var circuit = builder.Build();
        var table = circuit.Table("equal");
        for (var i = 0; i < Cells.Limbs; i++)
        {
            var trace = CircuitExecutor.Run(circuit, [CellValue.Word(0), CellValue.Word(UInt128.One << (16 * i))]).Trace!;
            trace.Main[table][0, circuit.Tables[table].Chip.Column($"inverse {i}")] = KoalaBear.Zero;
            yield return new("equal", $"equal or limb {i} does not differ", circuit, trace);
        }
    }

    private static IEnumerable<Forgery> Pack()
    {
        for (var i = 1; i < Cells.Limbs; i++)
        {
            var limb = UInt128.One << (16 * i);
            var (low, high) = (Packing(1), Packing(7));
            yield return new("pack", $"limb {i} of the low word is below the shift or zero", low, new Liar(low).Run(CellValue.Word(limb), CellValue.Word(0)));
            yield return new("pack", $"limb {i} of the high word stays or is zero", high, new Liar(high).Run(CellValue.Word(0), CellValue.Word(limb)));
        }

        static Circuit Packing(int limbs)
        {
            var builder = new CircuitBuilder();
            builder.Pack(builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1), limbs);
            return builder.Build();
        }
    }

    private static IEnumerable<Forgery> Bits()
    {
        var builder = new CircuitBuilder();
        builder.Bits(builder.Input(CellType.Value, 0), 1);
        var circuit = builder.Build();
        var table = circuit.Table("bits");
        var top = circuit.Tables[table].Chip.Column("bits 24 to 27");

        // 2·2^i = 2^(i+1); the last bit may be any element.
        for (var i = 0; i < 31; i++)
        {
            var trace = CircuitExecutor.Run(circuit, [CellValue.Value(Traces.Element((1L << (i + 1)) % KoalaBear.Modulus))]).Trace!;
            var row = trace.Main[table].Row(0);
            row[..31].Clear();
            row[i] = KoalaBear.FromCanonical(2);
            yield return new("bits", $"bit {i} is boolean", circuit, trace);
        }

        // The bits of x + p for x = 5.
        foreach (var honestTop in new[] { true, false })
        {
            var trace = CircuitExecutor.Run(circuit, [CellValue.Value(KoalaBear.FromCanonical(4))]).Trace!;
            var row = trace.Main[table].Row(0);
            for (var i = 0; i < 31; i++)
                row[i] = ((KoalaBear.Modulus + 4) >> i & 1) == 1 ? KoalaBear.One : KoalaBear.Zero;
            row[top] = honestTop ? KoalaBear.One : KoalaBear.Zero;
            yield return new("bits", honestTop ? "the bits are those of an integer below p" : "product of bits 24 to 27", circuit, trace);
        }
    }

    /// <summary>One S-box gives another output, all later ones follow from it.</summary>
    private static IEnumerable<Forgery> Poseidon(uint suite)
    {
        var builder = new CircuitBuilder(suite);
        builder.Permute(builder.Input(CellType.Block, 0), builder.Input(CellType.Block, 1));
        var circuit = builder.Build();
        var table = circuit.Tables.Single(t => t.Chip.Name.StartsWith("poseidon", StringComparison.Ordinal));
        var index = circuit.Tables.IndexOf(table);
        CellValue[] inputs = [CellValue.Block(SampleCircuits.Digest(4)), CellValue.Block(SampleCircuits.Digest(5))];
        var constraints = table.Chip.Reading.Constraints.Where(IsSBox).ToArray();
        for (var forged = 0; forged < constraints.Length; forged++)
        {
            var trace = CircuitExecutor.Run(circuit, inputs).Trace!;
            var row = trace.Main[index].Row(0);
            row[16 + forged] += KoalaBear.One;
            for (var i = forged + 1; i < constraints.Length; i++)
            {
                row[16 + i] = KoalaBear.Zero; // constraint i is x³ − y, x of the columns before y
                row[16 + i] = RowValues.OfConstraint(table.Chip, row, table.Preprocessed.Row(0), i);
            }

            yield return new(table.Chip.Name, constraints[forged].Name, circuit, trace);
        }
    }

    private static IEnumerable<Forgery> Horner()
    {
        var builder = new CircuitBuilder();
        var value = builder.Input(CellType.Value, 0);
        var block = builder.Input(CellType.Block, 1);
        builder.Horner(value, value, [block, block, block, block]);
        return Chained(builder.Build(), "horner", "sum 0 0", [CellValue.Value(SampleCircuits.Point), CellValue.Block(SampleCircuits.Digest(4))]);
    }

    private static IEnumerable<Forgery> Fold()
    {
        var builder = new CircuitBuilder();
        var value = builder.Input(CellType.Value, 0);
        var bit = builder.Input(CellType.Value, 1);
        var block = builder.Input(CellType.Block, 2);
        builder.Fold([block, block, block, block, block], value, [bit, bit, bit]);
        return Chained(
            builder.Build(), "fold", "flag 0", [CellValue.Value(SampleCircuits.Point), CellValue.Boolean(true), CellValue.Block(SampleCircuits.Digest(4))]);
    }

    /// <summary>One column is another element than its constraint says, all later ones follow from it: constraint i is what column first + i must be, less the column.</summary>
    private static IEnumerable<Forgery> Chained(Circuit circuit, string name, string firstColumn, CellValue[] inputs)
    {
        var index = circuit.Table(name);
        var table = circuit.Tables[index];
        var constraints = table.Chip.Reading.Constraints;
        var first = table.Chip.Column(firstColumn);
        for (var forged = 0; forged < constraints.Length; forged++)
        {
            var trace = CircuitExecutor.Run(circuit, inputs).Trace!;
            var row = trace.Main[index].Row(0);
            row[first + forged] += KoalaBear.One;
            for (var i = forged + 1; i < constraints.Length; i++)
            {
                row[first + i] = KoalaBear.Zero;
                row[first + i] = RowValues.OfConstraint(table.Chip, row, table.Preprocessed.Row(0), i);
            }

            yield return new(name, constraints[forged].Name, circuit, trace);
        }
    }

    /// <summary>
    /// A bit of 2: node and sibling are then 2r − l and 2l − r, and with the right l and r these are what the bus has. A sponge step that swaps: rate
    /// and capacity are read from each other's place. A position where there is no step.
    /// </summary>
    private static IEnumerable<Forgery> Paths(uint suite)
    {
        var builder = new CircuitBuilder(suite);
        builder.MerkleStep(builder.Input(CellType.Block, 0), builder.Input(CellType.Value, 1), 2);
        var step = builder.Build();
        var index = step.Tables.IndexOf(step.Tables.Single(t => t.Chip.Name.StartsWith("poseidon", StringComparison.Ordinal)));
        var chip = step.Tables[index].Chip;
        var (node, sibling) = (SampleCircuits.Digest(4), SampleCircuits.Digest(5));
        var trace = CircuitExecutor.Run(step, [CellValue.Block(node), CellValue.Value(Traces.Element(6)), CellValue.Block(sibling)]).Trace!;
        var row = trace.Main[index].Row(0);
        row[chip.Column("bit")] = Traces.Element(2);
        row[chip.Column("next position")] = Traces.Element(2);
        var third = Traces.Element(3).Inverse();
        for (var i = 0; i < 8; i++)
        {
            row[i] = ((sibling[i] * Traces.Element(2)) + node[i]) * third;
            row[8 + i] = ((node[i] * Traces.Element(2)) + sibling[i]) * third;
        }

        Refill(chip, step.Tables[index], row);
        yield return new(chip.Name, "bit is boolean", step, trace);

        builder = new CircuitBuilder(suite);
        builder.Permute(builder.Input(CellType.Block, 0), builder.Input(CellType.Block, 1));
        var sponge = builder.Build();
        CellValue[] inputs = [CellValue.Block(node), CellValue.Block(sibling)];
        trace = CircuitExecutor.Run(sponge, inputs).Trace!;
        row = trace.Main[index].Row(0);
        row[chip.Column("bit")] = KoalaBear.One;
        sibling.AsSpan().CopyTo(row);
        node.AsSpan().CopyTo(row[8..]);
        Refill(chip, sponge.Tables[index], row);
        yield return new(chip.Name, "only Merkle steps swap", sponge, trace);

        trace = CircuitExecutor.Run(sponge, inputs).Trace!;
        trace.Main[index].Row(0)[chip.Column("next position")] = KoalaBear.One;
        yield return new(chip.Name, "only Merkle steps have a position", sponge, trace);
    }

    private static bool IsSBox(ConstraintReading constraint) => constraint.Name.Contains("S-box", StringComparison.Ordinal);

    // The S-boxes' outputs for the inputs of a row: the constraint of one is x³ − y.
    private static void Refill(Chip chip, CircuitTable table, Span<KoalaBear> row)
    {
        var constraints = chip.Reading.Constraints;
        for (int i = 0, column = 16; i < constraints.Length; i++)
        {
            if (!IsSBox(constraints[i]))
                continue;
            row[column] = KoalaBear.Zero;
            row[column] = RowValues.OfConstraint(chip, row, table.Preprocessed.Row(0), i);
            column++;
        }
    }

    private static IEnumerable<Forgery> Public()
    {
        for (var i = 0; i < Cells.Limbs; i++)
        {
            // Limb 0 is public in every row of the builder; a matrix made by hand leaves it out too.
            var builder = new CircuitBuilder();
            builder.Public(builder.Input(CellType.Word, 0), Math.Max(i, 1));
            var circuit = builder.Build();
            var table = circuit.Table("public");
            var trace = new Liar(circuit).Run(CellValue.Word(UInt128.One << (16 * i)));
            if (i == 0)
            {
                circuit.Tables[table].Preprocessed[0, circuit.Tables[table].Chip.PreprocessedColumn("limb 0 is public")] = KoalaBear.Zero;
                trace = new(trace.Main, [], 0);
            }

            yield return new("public", $"limb {i} is public or zero", circuit, trace);
        }
    }

    /// <summary>One step in two instances, active twice and less than never; and a row that no instruction fills, which leads wherever its prover likes.</summary>
    private static IEnumerable<Forgery> History()
    {
        var sample = SampleCircuits.History();
        var honest = sample.Trace();
        var batch = new BatchTrace(CircuitUnion.Of(sample.Circuit), InstanceCounts.Of(1));
        batch.Write(0, 0, honest, 0);
        batch.Write(0, 1, honest, 0);
        var twice = batch.Build(honest.PublicValues);
        var table = sample.Circuit.Table("history");
        twice.Main[table][0, HistoryChip.ActiveColumn] = Traces.Element(2);
        twice.Main[table][sample.Circuit.Tables[table].Period, HistoryChip.ActiveColumn] = Traces.Element(-1);
        yield return new("history", "active is boolean", sample.Circuit, twice);

        var padded = honest.Copy();
        KoalaBear[] carry = [.. honest.PublicValues[..Cells.Limbs]];
        KoalaBear[] next = [.. honest.PublicValues[Cells.Limbs..^1]];
        KoalaBear[] row = [KoalaBear.One, KoalaBear.One, .. next, .. carry]; // step 1, active, back to where the history began
        row.CopyTo(padded.Main[table].Row(1));
        yield return new("history", "padding is not active", sample.Circuit, new(padded.Main, [.. carry, .. carry, Traces.Element(2)], 0));
    }

    private static CellValue AllLimbs(uint limb) =>
        CellValue.Word(Enumerable.Range(0, Cells.Limbs).Aggregate(UInt128.Zero, (sum, i) => sum + ((UInt128)limb << (16 * i))));
}
