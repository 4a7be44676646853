using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;

namespace ProvingLayer.Constraints.Tests.Chips;

/// <summary>Chips are written over any ring: here over F₇, where all witnesses can be tried.</summary>
public class UniqueAdvice
{
    [Fact]
    public void C4_equality_has_one_result_for_all_inverses_in_a_small_field()
    {
        var results = new Dictionary<(int, int), HashSet<int>>();
        Span<Seven> main = stackalloc Seven[24];
        for (var a = 0; a < 7; a++)
        {
            for (var b = 0; b < 7; b++)
            {
                results[(a, b)] = [];
                for (var inverse = 0; inverse < 49; inverse++)
                {
                    main.Clear();
                    (main[0], main[8], main[16], main[17]) = (new(a), new(b), new(inverse % 7), new(inverse / 7));
                    if (Accepted<EqualChip>(main) is { } sent)
                        results[(a, b)].Add(sent[2]);
                }

                Assert.Equal(a == b ? 1 : 0, Assert.Single(results[(a, b)]));
            }
        }
    }

    [Fact]
    public void C4_a_selection_is_one_of_its_operands_for_all_conditions_in_a_small_field()
    {
        Span<Seven> main = stackalloc Seven[17];
        for (var i = 0; i < 343; i++)
        {
            var (condition, whenTrue, whenFalse) = (i % 7, i / 7 % 7, i / 49);
            main.Clear();
            (main[0], main[1], main[9]) = (new(condition), new(whenTrue), new(whenFalse));
            var sent = Accepted<SelectChip>(main);
            Assert.Equal(condition < 2, sent is not null);
            if (sent is not null)
                Assert.Equal(condition == 1 ? whenTrue : whenFalse, sent[2]);
        }
    }

    /// <summary>The first message sent, if all constraints hold.</summary>
    private static int[]? Accepted<TChip>(ReadOnlySpan<Seven> main)
        where TChip : Chip, new()
    {
        var found = new Found();
        var reader = new Reader(found, main);
        new TChip().Constrain<Seven, Reader>(ref reader);
        return found.Violated ? null : found.Sent;
    }

    private sealed class Found
    {
        public bool Violated { get; set; }

        public int[]? Sent { get; set; }
    }

    private readonly ref struct Reader(Found found, ReadOnlySpan<Seven> main) : IConstraintBuilder<Seven>
    {
        private readonly ReadOnlySpan<Seven> main = main;

        public Seven Instance => default;

        public Seven Main(int column) => main[column];

        public Seven Preprocessed(int column) => Seven.One;

        public Seven PreprocessedNext(int column) => Seven.One;

        public void AssertZero(Seven value, string name) => found.Violated |= value.Value != 0;

        public void Send(Bus bus, MultiplicityKind kind, Seven multiplicity, scoped ReadOnlySpan<Seven> values, string name)
        {
            if (found.Sent is not null)
                return;
            found.Sent = new int[values.Length];
            for (var i = 0; i < values.Length; i++)
                found.Sent[i] = values[i].Value;
        }

        public void Receive(Bus bus, MultiplicityKind kind, Seven multiplicity, scoped ReadOnlySpan<Seven> values, string name)
        {
        }
    }

    private readonly record struct Seven(int Value) : IRing<Seven>
    {
        public static Seven Zero => new(0);

        public static Seven One => new(1);

        public static Seven FromBase(KoalaBear value) => new((int)(value.Canonical % 7));

        public static Seven operator +(Seven left, Seven right) => new((left.Value + right.Value) % 7);

        public static Seven operator -(Seven left, Seven right) => new((left.Value + 7 - right.Value) % 7);

        public static Seven operator *(Seven left, Seven right) => new(left.Value * right.Value % 7);

        public static Seven operator -(Seven value) => new((7 - value.Value) % 7);
    }
}
