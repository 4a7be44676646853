using System.Collections.Immutable;

namespace ProvingLayer.Constraints.Symbolic;

/// <summary>Reads a chip's constraints as expressions.</summary>
internal static class SymbolicReader
{
    public static ChipReading Read(Chip chip)
    {
        var recorder = new Recorder(new Recording());
        chip.Constrain<Expression, Recorder>(ref recorder);
        var constraints = recorder.Recording.Constraints.ToImmutable();
        var interactions = recorder.Recording.Interactions.ToImmutable();
        return new(chip, constraints, interactions, CanonicalText.Of(chip, constraints, interactions));
    }

    private sealed class Recording
    {
        public ImmutableArray<ConstraintReading>.Builder Constraints { get; } = ImmutableArray.CreateBuilder<ConstraintReading>();

        public ImmutableArray<InteractionReading>.Builder Interactions { get; } = ImmutableArray.CreateBuilder<InteractionReading>();
    }

    private readonly struct Recorder(Recording recording) : IConstraintBuilder<Expression>
    {
        public Recording Recording { get; } = recording;

        public Expression Instance => Expression.Column(ExpressionKind.Instance, 0);

        public Expression Main(int column) => Expression.Column(ExpressionKind.Main, column);

        public Expression Preprocessed(int column) => Expression.Column(ExpressionKind.Preprocessed, column);

        public Expression PreprocessedNext(int column) => Expression.Column(ExpressionKind.PreprocessedNext, column);

        public void AssertZero(Expression value, string name) =>
            Recording.Constraints.Add(new(name, value.Node));

        public void Send(Bus bus, MultiplicityKind kind, Expression multiplicity, ReadOnlySpan<Expression> values, string name) =>
            Add(bus, kind, true, multiplicity, values, name);

        public void Receive(Bus bus, MultiplicityKind kind, Expression multiplicity, ReadOnlySpan<Expression> values, string name) =>
            Add(bus, kind, false, multiplicity, values, name);

        private void Add(
            Bus bus, MultiplicityKind kind, bool isSend, Expression multiplicity, ReadOnlySpan<Expression> values, string name)
        {
            var nodes = ImmutableArray.CreateBuilder<ExpressionNode>(values.Length);
            foreach (var value in values)
                nodes.Add(value.Node);
            Recording.Interactions.Add(new(bus, kind, isSend, name, multiplicity.Node, nodes.MoveToImmutable()));
        }
    }
}
