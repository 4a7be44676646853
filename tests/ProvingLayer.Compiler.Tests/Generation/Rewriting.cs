using System.Collections.Immutable;
using System.Globalization;

namespace ProvingLayer.Compiler.Tests.Generation;

/// <summary>Random expressions as texts, and other texts that mean the same: what arithmetic on exact numbers and choices promise.</summary>
internal sealed class Rewriting(Random random)
{
    private static readonly ImmutableArray<string> names = ["a", "b", "c", "d"];
    private readonly List<string> functions = [];

    /// <summary>An expression of the arguments a to d.</summary>
    public Term Expression(int depth) => random.Next(depth == 0 ? 2 : 8) switch
    {
        0 => new Leaf(names[random.Next(names.Length)]),
        1 => new Leaf(random.Next(10) == 0 ? "1_000_003" : random.Next(20).ToString(CultureInfo.InvariantCulture)),
        2 or 3 => new Binary("+", Expression(depth - 1), Expression(depth - 1)),
        4 => new Binary("-", Expression(depth - 1), Expression(depth - 1)),
        5 => new Binary("*", Expression(depth - 1), Expression(depth - 1)),
        6 => new Call(random.Next(2) == 0 ? "min" : "max", Expression(depth - 1), Expression(depth - 1)),
        _ => new Choice(Condition(depth - 1), Expression(depth - 1), Expression(depth - 1)),
    };

    /// <summary>The same meaning, written otherwise: a few rewritings at random places.</summary>
    public Term Rewrite(Term term) => Step(term switch
    {
        Binary b => b with { Left = Rewrite(b.Left), Right = Rewrite(b.Right) },
        Call c => c with { Left = Rewrite(c.Left), Right = Rewrite(c.Right) },
        Choice c => c with { Condition = new(c.Condition.Operator, Rewrite(c.Condition.Left), Rewrite(c.Condition.Right), c.Condition.IsNegated), Then = Rewrite(c.Then), Else = Rewrite(c.Else) },
        _ => term,
    });

    /// <summary>A program with the statement <c>Same</c> whose result is the expression, stored.</summary>
    public string Program(Term term)
    {
        var body = term.Text;
        return string.Concat(functions) + $"statement Same(a: i64, b: i64, c: u32, d: u8) -> i128 {{ let result = {body}; disclose(result) }}\n";
    }

    private Test Condition(int depth) => new(new[] { "<", "<=", ">", ">=", "==", "!=" }[random.Next(6)], Expression(Math.Min(1, depth)), Expression(Math.Min(1, depth)), false);

    private Term Step(Term term) => (random.Next(7), term) switch
    {
        (0 or 1, Binary { Operator: "+" or "*" } b) => b with { Left = b.Right, Right = b.Left }, // commute
        (0, Call c) => c with { Left = c.Right, Right = c.Left },
        (2, Binary { Operator: "+" or "*", Left: Binary l } b) when l.Operator == b.Operator => new Binary(b.Operator, l.Left, new Binary(b.Operator, l.Right, b.Right)), // associate
        (3, Binary { Operator: "*", Right: Binary { Operator: "+" or "-" } r } b) => new Binary(r.Operator, new Binary("*", b.Left, r.Left), new Binary("*", b.Left, r.Right)), // distribute
        (4, Binary { Operator: "-" } b) => new Binary("+", b.Left, new Negation(b.Right)),
        (0 or 1, Choice c) => new Choice(c.Condition.Inverted, c.Else, c.Then), // if-inversion
        (2, Choice c) => new Choice(c.Condition.Mirrored, c.Then, c.Else),
        (5, _) => random.Next(3) switch
        {
            0 => new Binary("+", term, new Leaf("0")),
            1 => new Binary("*", new Leaf("1"), term),
            _ => new Negation(new Negation(term)),
        },
        (6, _) when functions.Count < 4 && term is not Leaf => Outline(term),
        _ => term,
    };

    // Into a function that stores nothing in between: its result is exact only if it fits, so wide ones stay where they are.
    private Term Outline(Term term)
    {
        if (term.Bits > 120)
            return term;
        var name = $"part{functions.Count}";
        functions.Add($"fn {name}(a: i64, b: i64, c: u32, d: u8) -> i128 {{ {term.Text} }}\n");
        return new Leaf($"{name}(a, b, c, d)") { Size = term.Bits };
    }

    internal abstract record Term
    {
        public abstract string Text { get; }

        /// <summary>A bound of the bits that a value may have.</summary>
        public abstract int Bits { get; }
    }

    internal sealed record Leaf(string Name) : Term
    {
        public int Size { get; init; } = 64;

        public override string Text => Name;

        public override int Bits => Size;
    }

    internal sealed record Binary(string Operator, Term Left, Term Right) : Term
    {
        public override string Text => $"({Left.Text} {Operator} {Right.Text})";

        public override int Bits => Operator == "*" ? Left.Bits + Right.Bits : Math.Max(Left.Bits, Right.Bits) + 1;
    }

    internal sealed record Negation(Term Operand) : Term
    {
        public override string Text => $"(-{Operand.Text})";

        public override int Bits => Operand.Bits + 1;
    }

    internal sealed record Call(string Name, Term Left, Term Right) : Term
    {
        public override string Text => $"{Name}({Left.Text}, {Right.Text})";

        public override int Bits => Math.Max(Left.Bits, Right.Bits);
    }

    internal sealed record Choice(Test Condition, Term Then, Term Else) : Term
    {
        public override string Text => $"(if {Condition.Text} {{ {Then.Text} }} else {{ {Else.Text} }})";

        public override int Bits => Math.Max(Then.Bits, Else.Bits);
    }

    internal sealed record Test(string Operator, Term Left, Term Right, bool IsNegated)
    {
        public string Text => IsNegated ? $"!({Left.Text} {Operator} {Right.Text})" : $"{Left.Text} {Operator} {Right.Text}";

        public Test Inverted => this with { IsNegated = !IsNegated };

        public Test Mirrored => new(Operator switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", var same => same }, Right, Left, IsNegated);
    }
}
