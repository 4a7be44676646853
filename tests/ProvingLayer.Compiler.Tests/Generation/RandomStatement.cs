using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Generation;

/// <summary>
/// Random statements as bound trees, each from its seed: arithmetic of every kind, every rounding word, choices, loops, arrays, requirements.
/// Numerators stay below 500 bits and divisors below 250.
/// </summary>
internal sealed class RandomStatement
{
    private const int NumeratorBits = 500;
    private const int DivisorBits = 250;

    private static readonly SourceFile file = new("random.tenor", "random");
    private static readonly SourceSpan span = file.Span(0, 6);
    private static readonly ExactType exact = new(Unit.None, null, Direction.Exact, null, null);

    private static readonly ImmutableArray<NumberType> types =
    [
        NumberType.OfKind(NumberKind.U8),
        NumberType.OfKind(NumberKind.U16),
        NumberType.OfKind(NumberKind.U32),
        NumberType.OfKind(NumberKind.U64),
        NumberType.OfKind(NumberKind.U128),
        NumberType.OfKind(NumberKind.I64),
        NumberType.OfKind(NumberKind.I128),
        NumberType.OfKind(NumberKind.U256),
        NumberType.OfKind(NumberKind.I256),
        NumberType.FixedPoint(40, Unit.None, isWide: true),
        NumberType.FixedPoint(2, Unit.None),
        NumberType.FixedPoint(6, Unit.None),
        NumberType.FixedPoint(2, Unit.None) with { Min = 0, Max = 100 },
        NumberType.Time,
    ];

    private static readonly ImmutableArray<ErrorSymbol> errors = [new("First", "random.First"), new("Second", "random.Second")];

    private readonly Random random;
    private readonly List<LocalSymbol> numbers = [];
    private readonly List<LocalSymbol> mutables = [];
    private readonly List<LocalSymbol> arrays = [];
    private readonly Dictionary<LocalSymbol, Size> sizes = [];
    private int names;

    private RandomStatement(int seed) => random = new(seed);

    /// <summary>The statement of a seed.</summary>
    public static BoundStatementDeclaration Of(int seed) => new RandomStatement(seed).Declaration(seed);

    private BoundStatementDeclaration Declaration(int seed)
    {
        var parameters = ImmutableArray.CreateBuilder<LocalSymbol>();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var parameter = Local(LocalKind.Parameter, Type(), random.Next(2) == 0);
            parameters.Add(parameter);
            numbers.Add(parameter);
        }

        if (random.Next(3) == 0)
        {
            var array = Local(LocalKind.Parameter, new ArrayType(Type(), random.Next(1, 4)), false);
            parameters.Add(array);
            arrays.Add(array);
        }

        var statements = ImmutableArray.CreateBuilder<BoundStatement>();
        for (var i = random.Next(0, 5); i > 0; i--)
            statements.Add(Statement(2));
        var result = Type();
        var body = new BoundBlock(span, statements.ToImmutable(), Store(Number(4), result));
        return new($"Random{seed}", $"random.Random{seed}", parameters.ToImmutable(), result, body, null, span);
    }

    private BoundStatement Statement(int depth)
    {
        switch (random.Next(depth == 0 ? 3 : 6))
        {
            case 0:
                return new BoundRequire(span, Condition(2), errors[random.Next(errors.Length)]);
            case 1:
                var (value, size) = Number(3);
                var named = Local(LocalKind.Let, exact, false);
                numbers.Add(named);
                sizes.Add(named, size);
                return new BoundLet(span, named, value);
            case 2:
                if (mutables.Count > 0 && random.Next(2) == 0)
                {
                    var target = mutables[random.Next(mutables.Count)];
                    return new BoundAssign(span, target, null, [], Store(Number(3), (NumberType)target.Type));
                }

                var type = Type();
                var stored = Store(Number(3), type);
                var mutable = Local(LocalKind.Mutable, type, false);
                numbers.Add(mutable);
                mutables.Add(mutable);
                return new BoundLet(span, mutable, stored);
            case 3:
                var condition = Condition(2);
                return new BoundEffect(span, new BoundConditional(span, TupleType.Empty, condition, Block(depth - 1), Block(depth - 1)));
            default:
                var variable = Local(LocalKind.Loop, exact, false);
                sizes.Add(variable, new(4, 1, 0, true));
                var (from, count) = (random.Next(3), random.Next(4));
                return new BoundFor(span, variable, from, count, Block(depth - 1, variable));
        }
    }

    private BoundBlock Block(int depth, LocalSymbol? variable = null)
    {
        // What is declared inside ends with the block.
        var (visible, writable) = (numbers.Count, mutables.Count);
        if (variable is not null)
            numbers.Add(variable);
        var statements = ImmutableArray.CreateBuilder<BoundStatement>();
        for (var i = random.Next(0, 3); i > 0; i--)
            statements.Add(Statement(depth));
        numbers.RemoveRange(visible, numbers.Count - visible);
        mutables.RemoveRange(writable, mutables.Count - writable);
        return new(span, statements.ToImmutable(), null);
    }

    private BoundExpression Condition(int depth)
    {
        switch (random.Next(depth == 0 ? 1 : 4))
        {
            case 1:
                return new BoundLogical(span, (LogicalOperator)random.Next(3), Condition(depth - 1), Condition(depth - 1));
            case 2:
                return new BoundNot(span, Condition(depth - 1));
            default:
                var (left, l) = Number(depth);
                var (right, r) = Number(depth);
                if (Size.Sum(l, r).Bits > NumeratorBits)
                    ((left, _), (right, _)) = (Leaf(), Constant());
                return new BoundComparison(span, (ComparisonOperator)random.Next(6), left, right);
        }
    }

    private (BoundExpression Value, Size Size) Number(int depth)
    {
        if (depth == 0)
            return Leaf();
        switch (random.Next(10))
        {
            case 0:
            case 1:
                return Binary(depth, random.Next(2) == 0 ? ArithmeticOperator.Add : ArithmeticOperator.Subtract, Size.Sum);
            case 2:
            case 3:
                return Binary(depth, ArithmeticOperator.Multiply, Size.Product);
            case 4:
                return Binary(depth, ArithmeticOperator.Divide, Size.Quotient);
            case 5:
                return Binary(depth, random.Next(2) == 0 ? ArithmeticOperator.Min : ArithmeticOperator.Max, Size.Sum);
            case 6:
                var (operand, size) = Number(depth - 1);
                return (random.Next(2) == 0 ? new BoundNegate(span, exact, operand) : new BoundAbsolute(span, exact, operand), size);
            case 7:
                var type = Type();
                return (Store(Number(depth - 1), type), Size.Of(type));
            case 8:
                var condition = Condition(depth - 1);
                var (then, first) = Number(depth - 1);
                var (otherwise, second) = Number(depth - 1);
                var joined = Size.Sum(first, second);
                return joined.Fits ? (new BoundConditional(span, exact, condition, then, otherwise), joined) : Leaf();
            default:
                var integer = types[random.Next(7)];
                var whole = types[random.Next(7)];
                var (dividend, divisor) = (Store(Number(depth - 1), integer), Store(Number(depth - 1), whole));
                return (new BoundArithmetic(span, exact, ArithmeticOperator.Remainder, dividend, divisor), Size.Of(whole));
        }
    }

    private (BoundExpression Value, Size Size) Binary(int depth, ArithmeticOperator operation, Func<Size, Size, Size> sizeOf)
    {
        var (left, l) = Number(depth - 1);
        var (right, r) = Number(depth - 1);
        var size = sizeOf(l, r);
        return size.Fits ? (new BoundArithmetic(span, exact, operation, left, right), size) : Leaf();
    }

    private BoundStore Store((BoundExpression Value, Size Size) number, NumberType target)
    {
        var (value, size) = number;
        if (!size.FitsIn(target))
            (value, size) = Constant();
        var rounding = size.Divisor == 1 && size.Places <= target.Places && random.Next(2) == 0
            ? Rounding.None
            : (Rounding)random.Next((int)Rounding.Floor, (int)Rounding.Exactly + 1);
        return new(span, value, target, rounding);
    }

    private (BoundExpression Value, Size Size) Leaf()
    {
        if (arrays.Count > 0 && random.Next(6) == 0)
        {
            var array = arrays[random.Next(arrays.Count)];
            var type = (ArrayType)array.Type;
            var index = Store(random.Next(3) == 0 ? (new BoundLocal(span, numbers[random.Next(numbers.Count)]), new(NumeratorBits, DivisorBits, 0, false)) : Constant(), NumberType.OfKind(NumberKind.U8));
            return (new BoundArrayElement(span, type.Element, new BoundLocal(span, array), index), Size.Of((NumberType)type.Element));
        }

        if (random.Next(4) == 0)
            return Constant();
        var local = numbers[random.Next(numbers.Count)];
        return (new BoundLocal(span, local), sizes.TryGetValue(local, out var size) ? size : Size.Of((NumberType)local.Type));
    }

    private (BoundExpression Value, Size Size) Constant()
    {
        var places = random.Next(3);
        Rational value = new(random.Next(5) == 0 ? 0 : random.Next(-1000, 1000), BigInteger.Pow(10, places));
        return (new BoundNumber(span, ExactType.Of(value, Unit.None), value), new(10, 1, places, false));
    }

    private NumberType Type() => types[random.Next(types.Length)];

    private LocalSymbol Local(LocalKind kind, TenorType type, bool isPublic) => new($"x{names++}", kind, type, isPublic, span);

    /// <summary>Bounds of n / (d·10^places).</summary>
    private readonly record struct Size(int Bits, int Divisor, int Places, bool IsWhole)
    {
        public bool Fits => Bits <= NumeratorBits && Divisor <= DivisorBits && Places <= 40;

        public static Size Of(NumberType type) => new(type.Bits, 1, type.Places, type.Places == 0);

        public static Size Sum(Size l, Size r)
        {
            var places = Math.Max(l.Places, r.Places);
            var divisor = l.Divisor + r.Divisor - 1;
            return new(Math.Max(l.Bits + Power(places - l.Places) + r.Divisor, r.Bits + Power(places - r.Places) + l.Divisor) + 1, divisor, places, false);
        }

        public static Size Product(Size l, Size r) => new(l.Bits + r.Bits, l.Divisor + r.Divisor - 1, l.Places + r.Places, false);

        public static Size Quotient(Size l, Size r) =>
            new(l.Bits + r.Divisor + Power(Math.Max(0, r.Places - l.Places)) + 40, l.Divisor + r.Bits, Math.Max(0, l.Places - r.Places) + 12, false);

        public bool FitsIn(NumberType target) =>
            Bits + Power(Math.Max(0, target.Places - Places)) <= NumeratorBits && Divisor + Power(Math.Max(0, Places - target.Places)) <= DivisorBits;

        private static int Power(int places) => (int)BigInteger.Pow(10, places).GetBitLength() - 1 + (places > 0 ? 1 : 0);
    }
}
