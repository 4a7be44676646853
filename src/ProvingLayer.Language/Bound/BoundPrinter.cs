using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// The stable text form of a bound program: what <c>tenor dump --stage typed</c> shows. Stores are written <c>value ⇒ type</c>, with the
/// rounding word above the arrow's end where there is one: <c>value ⇒floor type</c>.
/// </summary>
public static partial class BoundPrinter
{
    /// <summary>Prints all targets and tests of a program.</summary>
    /// <param name="program">The program, without errors.</param>
    /// <returns>Lines, each ended by LF.</returns>
    public static string Print(BoundProgram program)
    {
        var writer = new Writer();
        foreach (var function in program.Functions)
        {
            writer.Function(0, function);
        }

        foreach (var machine in program.Machines)
        {
            writer.Machine(machine);
        }

        foreach (var target in program.Targets)
        {
            if (target.Statement is { } statement)
            {
                writer.Statement(statement);
            }
        }

        foreach (var target in program.Targets)
        {
            writer.Line(0, $"target {target.Name} = {target.Machine?.Symbol.QualifiedName ?? target.Statement!.QualifiedName}");
        }

        foreach (var test in program.Tests)
        {
            writer.Test(test);
        }

        return writer.ToString();
    }

    /// <summary>Prints one machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <returns>Lines, each ended by LF.</returns>
    public static string Print(BoundMachine machine)
    {
        var writer = new Writer();
        writer.Machine(machine);
        return writer.ToString();
    }

    /// <summary>Prints one statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>Lines, each ended by LF.</returns>
    public static string Print(BoundStatementDeclaration statement)
    {
        var writer = new Writer();
        writer.Statement(statement);
        return writer.ToString();
    }

    /// <summary>Prints an expression on one line where it has no statements in it.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>The text.</returns>
    public static string Print(BoundExpression expression)
    {
        var writer = new Writer();
        writer.Line(0, writer.Text(0, expression));
        return writer.ToString().TrimEnd('\n');
    }

    private sealed partial class Writer
    {
        private readonly StringBuilder _text = new();

        public override string ToString() => _text.ToString();

        public void Line(int indent, string line) => _text.Append(' ', 4 * indent).Append(line).Append('\n');

        public void Machine(BoundMachine machine)
        {
            var symbol = machine.Symbol;
            Line(0, $"machine {symbol.QualifiedName}");
            foreach (var field in symbol.Data)
            {
                var words = (field.IsPublic ? "pub " : "") + (field.IsMutable ? "mut " : "");
                Line(1, $"data {words}{field.Name}: {field.Type}{(field.Default is null ? "" : $" = {Text(1, field.Default)}")}");
            }

            foreach (var state in symbol.States)
            {
                Line(1, $"{(state.IsFinal ? "final " : "")}state {state.Tag.ToString(CultureInfo.InvariantCulture)} {state}{Fields(state.Fields)}");
            }

            foreach (var symbolOfEvent in symbol.Events)
            {
                Line(1, $"event {symbolOfEvent.QualifiedName}{Fields(symbolOfEvent.Fields)}");
            }

            foreach (var invariant in machine.Invariants)
            {
                Line(1, $"invariant {invariant.Name}: {Text(1, invariant.Condition)}");
            }

            foreach (var transition in machine.Transitions)
            {
                var signature = transition.Symbol;
                Line(1, $"transition {signature}({Parameters(signature.Parameters)}): {string.Join(" | ", signature.Sources)} -> {string.Join(" | ", signature.Targets)}");
                foreach (var party in transition.Authority)
                {
                    Line(2, $"by {Text(2, party)}");
                }

                foreach (var ensures in transition.Ensures)
                {
                    Line(2, $"ensures {Text(2, ensures)}");
                }

                Block(2, transition.Body);
            }
        }

        public void Test(BoundTest test)
        {
            Line(0, test.Parameters.IsEmpty ? $"test \"{test.Title}\"" : $"property \"{test.Title}\"({Parameters(test.Parameters)})");
            Block(1, test.Body);
        }

        public void Function(int indent, BoundFunction function)
        {
            Line(indent, $"fn {function.QualifiedName}({Parameters(function.Parameters)}) -> {function.ResultType}");
            Block(indent + 1, function.Body);
        }

        public void Statement(BoundStatementDeclaration statement)
        {
            Line(0, $"statement {statement.QualifiedName}({Parameters(statement.Parameters)}) -> {statement.ResultType}");
            Block(1, statement.Body);
        }

        public void Block(int indent, BoundBlock block)
        {
            foreach (var statement in block.Statements)
            {
                Statement(indent, statement);
            }

            if (block.Value is { } value)
            {
                Line(indent, $"value {Text(indent, value)}");
            }
        }

        private static string Parameters(ImmutableArray<LocalSymbol> parameters) =>
            string.Join(", ", parameters.Select(p => $"{(p.IsPublic ? "pub " : "")}{p.Name}: {p.Type}"));

        private static string Fields(ImmutableArray<FieldSymbol> fields) =>
            fields.IsEmpty ? "" : $" {{ {string.Join(", ", fields.Select(f => $"{(f.IsPublic ? "pub " : "")}{f.Name}: {f.Type}"))} }}";

        private void Statement(int indent, BoundStatement statement)
        {
            switch (statement)
            {
                case BoundLet let:
                    Line(indent, $"let {(let.Local.Kind == LocalKind.Mutable ? "mut " : "")}{let.Local}: {let.Local.Type} = {Text(indent, let.Value)}");
                    break;
                case BoundAssign assign:
                    var path = string.Concat(assign.Path.Select(s => s.Index is null ? FormattableString.Invariant($".{s.Element}") : $"[{Text(indent, s.Index)}]"));
                    Line(indent, $"{assign.Local?.Name ?? assign.Field!.Name}{path} = {Text(indent, assign.Value)}");
                    break;
                case BoundRequire require:
                    Line(indent, $"require {Text(indent, require.Condition)} else {require.Error}");
                    break;
                case BoundMove move:
                    Line(indent, $"move {Text(indent, move.Amount)} from {End(indent, move.Source, "in")} to {End(indent, move.Sink, "out")}");
                    break;
                case BoundMapWrite write:
                    Line(indent, $"{write.Map}.{write.Kind.ToString().ToLowerInvariant()}({Text(indent, write.Key)}{(write.Value is null ? "" : $", {Text(indent, write.Value)}")})");
                    break;
                case BoundBecome become:
                    Line(indent, $"become {become.State}{Values(indent, become.Values, become.Order, become.State.Fields)}");
                    break;
                case BoundStay:
                    Line(indent, "stay");
                    break;
                case BoundEmit emit:
                    Line(indent, $"emit {emit.Event}{Values(indent, emit.Values, emit.Order, emit.Event.Fields)}");
                    break;
                case BoundFor loop:
                    Line(indent, FormattableString.Invariant($"for {loop.Variable} from {loop.From} count {loop.Count}"));
                    Block(indent + 1, loop.Body);
                    break;
                case BoundEffect effect:
                    Line(indent, $"do {Text(indent, effect.Expression)}");
                    break;
                case BoundAt at:
                    Line(indent, $"at {Text(indent, at.Time)}");
                    break;
                case BoundCall call:
                    var arguments = call.Values.Select((v, i) => $"{call.Transition.Parameters[call.Order[i]]}: {Text(indent, v)}");
                    Line(indent, $"call {call.Machine}.{call.Transition}({string.Join(", ", arguments)})");
                    break;
                case BoundReject reject:
                    Line(indent, $"reject {reject.Error}");
                    Block(indent + 1, reject.Body);
                    break;
                default:
                    throw new InvalidOperationException($"compiler bug: no text form of {statement.GetType().Name}");
            }
        }

        private string End(int indent, BoundMoveEnd end, string word) => end.Key is { } key ? $"{end.Vault}[{Text(indent, key)}]" : end.Vault?.Name ?? (end.Party is { } party ? $"{word}({Text(indent, party)})" : word == "in" ? "mint" : "burn");

        private string Values(int indent, ImmutableArray<BoundExpression> values, ImmutableArray<int> order, IReadOnlyList<object> fields) =>
            values.IsEmpty ? "" : $" {{ {string.Join(", ", values.Select((v, i) => $"{NameOf(fields[order[i]])}: {Text(indent, v)}"))} }}";

        private static string NameOf(object field) => field is StructField part ? part.Name : field.ToString()!;
    }
}
