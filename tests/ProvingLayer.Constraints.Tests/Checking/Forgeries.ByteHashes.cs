using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>Forgeries of the tables over bits.</summary>
internal static partial class Forgeries
{
    // p − 1 = 32512·2^16: so much more carry pays for a half that is 1 too great.
    private const int ForgedCarry = 32_512;

    /// <summary>Limbs of 3, one of them told as one bit of 3 / 2^i.</summary>
    private static IEnumerable<Forgery> ExclusiveOr()
    {
        var builder = new CircuitBuilder();
        builder.ExclusiveOr(builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1));
        var circuit = builder.Build();
        var index = circuit.Table("exclusive or");
        var honest = CircuitExecutor.Run(circuit, [AllLimbs(3), AllLimbs(3)]).Trace!;
        for (var bit = 0; bit < 256; bit++)
        {
            var trace = honest.Copy();
            OneBit(trace.Main[index].Row(0), bit);
            yield return new("exclusive or", $"{circuit.Tables[index].Chip.MainColumns[bit]} is boolean", circuit, trace);
        }
    }

    /// <summary>As above for the state's bits; for the columns that follow from them another element, with all later ones following from it.</summary>
    private static IEnumerable<Forgery> Keccak()
    {
        const int bits = 1600, parities = 320, before = 7, limbs = 100;
        var builder = new CircuitBuilder();
        builder.KeccakRound([.. Enumerable.Range(0, 13).Select(slot => builder.Input(CellType.Word, slot))], 5);
        var circuit = builder.Build();
        var index = circuit.Table("keccak");
        var (chip, preprocessed) = (circuit.Tables[index].Chip, circuit.Tables[index].Preprocessed);
        var honest = CircuitExecutor.Run(circuit, [.. Enumerable.Repeat(AllLimbs(3), 12), CellValue.Word(0x0003_0003_0003_0003)]).Trace!;
        Assert.Equal(bits + parities + before + limbs, chip.MainColumns.Length);
        for (var column = 0; column < chip.MainColumns.Length; column++)
        {
            var trace = honest.Copy();
            var row = trace.Main[index].Row(0);
            if (column < bits)
                OneBit(row, column);
            else
                row[column] += KoalaBear.One;
            // Constraint i is what column 1600 + i must be, less the column; parities come before the bits that χ reads, these before the limbs.
            foreach (var (first, count) in new[] { (0, parities), (parities, before), (parities + before, limbs) })
            {
                var values = RowValues.Of(chip, row, preprocessed.Row(0));
                for (var i = Math.Max(first, column - bits + 1); i < first + count; i++)
                    row[bits + i] += values[i];
            }

            yield return new("keccak", column < bits ? $"{chip.MainColumns[column]} is boolean" : chip.MainColumns[column], circuit, trace);
        }
    }

    private static IEnumerable<Forgery> Sha256Sum()
    {
        var builder = new CircuitBuilder();
        var (a, b) = (builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1));
        builder.Sha256Sum(a, a, b, b);
        var circuit = builder.Build();
        var index = circuit.Table("sha256 sum");
        var carries = circuit.Tables[index].Chip.Column("carry 0");
        for (var i = 0; i < 16; i++)
        {
            var (word, half) = (i / 8, i % 8);
            var liar = new Liar(circuit).About(Operation.Sha256Sum, 0, word, limbs => limbs[half] += KoalaBear.One);
            yield return new("sha256 sum", $"half {i} is a sum", circuit, liar.Run(AllLimbs(100), AllLimbs(200)));

            liar = new Liar(circuit).About(Operation.Sha256Sum, 0, word, limbs =>
            {
                limbs[half] += KoalaBear.One;
                if (half % 2 == 0)
                    limbs[half + 1] += Traces.Element(ForgedCarry);
            });
            var trace = liar.Run(AllLimbs(100), AllLimbs(200));
            trace.Main[index][0, carries + i] = Traces.Element(ForgedCarry);
            yield return new("sha256 sum", $"carry {i} is boolean", circuit, trace);
        }
    }

    /// <summary>
    /// A half of a sum that is 1 too great, by itself or paid for by a carry; bits b, b′ next to each other told as 2 and 0 for 0 and 1, or, where there is no next one in the limb, as 0 and
    /// ½ for 1 and 0. All that follows is computed from the lie, as the constraints would have it: for signs that are integers it is integers again, and the states are tried until
    /// these are sums that a carry and sixteen bits can hold.
    /// </summary>
    private static IEnumerable<Forgery> Sha256Rounds()
    {
        var circuit = Rounds();
        var index = circuit.Table("sha256 rounds");
        var chip = circuit.Tables[index].Chip;
        var sums = new RoundSums(circuit, index);
        var random = new Random(20261126);
        for (var sum = 0; sum < sums.Count; sum++)
        {
            yield return Try(sums.NameOf(sum), row => sums.Solve(row, forged: sum, carry: 0));
            yield return Try($"carry of the {sums.NameOf(sum)} is small", row => sums.Solve(row, forged: sum, carry: ForgedCarry));
        }

        foreach (var name in chip.Reading.Constraints.Select(constraint => constraint.Name).Where(name => name.EndsWith(" is boolean", StringComparison.Ordinal)))
        {
            var column = chip.Column(name[..^" is boolean".Length]);
            yield return Try(name, row => sums.SolveAround(row, column, int.Parse(name.Split(' ')[^3], System.Globalization.CultureInfo.InvariantCulture) % 16));
        }

        Forgery Try(string name, Func<KoalaBear[], bool> forge)
        {
            for (var attempt = 0; attempt < 2_000; attempt++)
            {
                var trace = CircuitExecutor.Run(circuit, [.. Enumerable.Range(0, 8).Select(_ => CellValue.Word(new((ulong)random.NextInt64() << 1, (ulong)random.NextInt64() << 1)))]).Trace!;
                var row = trace.Main[index].Row(0).ToArray();
                if (!forge(row))
                    continue;
                row.CopyTo(trace.Main[index].Row(0));
                return new("sha256 rounds", name, circuit, trace);
            }

            throw new InvalidOperationException($"no forgery of {name}");
        }

        static Circuit Rounds()
        {
            var builder = new CircuitBuilder();
            builder.Sha256Rounds([.. Enumerable.Range(0, 8).Select(slot => builder.Input(CellType.Word, slot))], 9);
            return builder.Build();
        }
    }

    // The limb of 3 that a bit belongs to becomes that bit alone.
    private static void OneBit(Span<KoalaBear> row, int bit)
    {
        row.Slice(bit - (bit % 16), 16).Clear();
        row[bit] = Traces.Element(3) * Traces.Element(1 << (bit % 16)).Inverse();
    }

    /// <summary>The sums of a row of rounds in the order in which they depend on each other, the schedule's first; each has sixteen columns of bits and a carry.</summary>
    private sealed class RoundSums
    {
        private readonly List<(string Name, int Constraint, int Bits, int Carry, uint Greatest)> sums = [];
        private readonly Chip chip;
        private readonly Matrix preprocessed;

        public RoundSums(Circuit circuit, int table)
        {
            (chip, preprocessed) = (circuit.Tables[table].Chip, circuit.Tables[table].Preprocessed);
            var names = chip.Reading.Constraints.Select(constraint => constraint.Name).ToList();
            for (var j = 0; j < 4; j++)
                Add("w", $"w {j}", 3);
            for (var r = 0; r < 4; r++)
            {
                Add($"e {r}", $"e after round {r}", 5);
                Add($"a {r}", $"a after round {r}", 6);
            }

            void Add(string word, string name, uint greatest)
            {
                var bits = word == "w" ? name : word;
                foreach (var (half, first) in new[] { ("low", 0), ("high", 16) })
                {
                    var sum = $"{half} half of {name}";
                    sums.Add((sum, names.IndexOf(sum), chip.Column($"{bits} bit {first}"), chip.Column($"carry of the {sum}"), greatest));
                }
            }
        }

        public int Count => sums.Count;

        public string NameOf(int sum) => sums[sum].Name;

        /// <summary>Computes all sums in order from the columns before them; one of them is 1 too great, with so much more carry. False if some cannot be held.</summary>
        public bool Solve(KoalaBear[] row, int forged, int carry) => Solve(row, 0, (sum, half) =>
        {
            if (sum != forged)
                return true;
            if (row[half.Bits] == KoalaBear.One)
                return false;
            row[half.Bits] = KoalaBear.One;
            row[half.Carry] += Traces.Element(carry);
            return true;
        });

        /// <summary>Makes a bit no boolean, its limb staying what it is, and computes all sums behind it.</summary>
        public bool SolveAround(KoalaBear[] row, int column, int bit)
        {
            var own = sums.FindIndex(half => column >= half.Bits && column < half.Bits + 16);
            return own < 0 ? Retell(row, column, bit) && Solve(row, 0, (_, _) => true) : Solve(row, 0, (sum, _) => sum != own || Retell(row, column, bit));
        }

        private static bool Retell(KoalaBear[] row, int column, int bit)
        {
            var two = Traces.Element(2);
            var (other, from, to) = bit < 15 ? (column + 1, KoalaBear.One, two) : (column - 1, KoalaBear.One, two.Inverse());
            if (row[other] != from || !row[column].IsZero)
                return false;
            (row[column], row[other]) = (to, KoalaBear.Zero);
            return true;
        }

        private bool Solve(KoalaBear[] row, int first, Func<int, (string Name, int Constraint, int Bits, int Carry, uint Greatest), bool> after)
        {
            for (var sum = first; sum < sums.Count; sum++)
            {
                var half = sums[sum];
                row.AsSpan(half.Bits, 16).Clear();
                row[half.Carry] = KoalaBear.Zero;
                var total = RowValues.Of(chip, row, preprocessed.Row(0))[half.Constraint].Canonical;
                if (total >> 16 > half.Greatest)
                    return false;
                for (var i = 0; i < 16; i++)
                    row[half.Bits + i] = Traces.Element(total >> i & 1);
                row[half.Carry] = Traces.Element(total >> 16);
                if (!after(sum, half))
                    return false;
            }

            return true;
        }
    }
}
