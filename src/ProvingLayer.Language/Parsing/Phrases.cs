using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using ProvingLayer.Language.Grammar;

namespace ProvingLayer.Language.Parsing;

/// <summary>The words of syntax messages: tokens and places as people name them.</summary>
internal static class Phrases
{
    /// <summary>A token type, as it is expected.</summary>
    public static string Literal(int type) => type switch
    {
        TenorParser.Eof => "the end of the file",
        TenorParser.ID => "a name",
        TenorParser.UNIT => "a unit",
        TenorParser.NUMBER => "a number",
        TenorParser.STRING => "a string",
        TenorParser.HEX => "a hexadecimal literal",
        _ => TenorParser.DefaultVocabulary.GetLiteralName(type) ?? TenorParser.DefaultVocabulary.GetSymbolicName(type),
    };

    /// <summary>A token, as it was found.</summary>
    public static string Describe(IToken token) => token.Type switch
    {
        TenorParser.Eof => "end of the file",
        TenorParser.STRING => "string",
        _ => $"'{Shorten(token.Text)}'",
    };

    /// <summary>A word of the source for a message: cut where it is long.</summary>
    public static string Shorten(string text) => text.Length > 40 ? $"{text.Substring(0, 40)}…" : text;

    /// <summary>Whether a token type is a word of the language.</summary>
    public static bool IsWord(int type) =>
        TenorParser.DefaultVocabulary.GetLiteralName(type) is { Length: > 2 } name && name[1] is >= 'a' and <= 'z';

    /// <summary>What would fit where the parse failed.</summary>
    public static string Expected(SyntaxFailure failure)
    {
        for (RuleContext? context = failure.Context; context is not null; context = context.Parent)
        {
            if (Kind(context) is { } kind)
            {
                return kind;
            }

            if (failure.Expected is { } expected && expected.Count is > 0 and <= 4)
            {
                return Or(expected);
            }
        }

        return failure.Expected is { } few && few.Count is > 0 and <= 6 ? Or(few) : "something else";
    }

    /// <summary>What a missing token is there for.</summary>
    public static string Purpose(int type, SyntaxFailure failure) => type switch
    {
        TenorParser.SEMI when Inside<TenorParser.ModuleDeclContext>(failure) => "after the module's name",
        TenorParser.SEMI when Inside<TenorParser.UseDeclContext>(failure) => "after the use line",
        TenorParser.SEMI when Inside<TenorParser.BlockContext>(failure) => "after the statement",
        TenorParser.SEMI when failure.Context is TenorParser.ArrayTypeContext => "between the element's type and the array's length",
        TenorParser.SEMI => "after the declaration",
        TenorParser.COLON when failure.Context is TenorParser.TransitionMemberContext => "before the states that the transition joins",
        TenorParser.COLON => "after the name",
        TenorParser.ASSIGN => "before the value",
        TenorParser.FATARROW => "between the pattern and its value",
        TenorParser.LPAREN when failure.Context is TenorParser.ParamListContext or TenorParser.TransitionMemberContext => "before the parameters",
        TenorParser.LPAREN => "to match the ')' after it",
        TenorParser.LBRACKET => "to match the ']' after it",
        TenorParser.LBRACE => "to open " + PlaceOf(failure.Context),
        TenorParser.RBRACE => "to match the '{' before it",
        TenorParser.RPAREN => "to match the '(' before it",
        TenorParser.RBRACKET => "to match the '[' before it",
        TenorParser.COMMA => "between two " + ElementsOf(failure.Context),
        _ => "in " + PlaceOf(failure.Context),
    };

    /// <summary>What a rule reads, with its article.</summary>
    public static string PlaceOf(RuleContext? context)
    {
        for (; context is not null; context = context.Parent)
        {
            var place = context switch
            {
                TenorParser.PrologueContext => "the head of the file",
                TenorParser.ModuleDeclContext => "a module line",
                TenorParser.UseDeclContext => "a use line",
                TenorParser.AttrContext => "an attribute",
                TenorParser.AssetDeclContext => "an asset",
                TenorParser.MachineDeclContext => "a machine",
                TenorParser.EnumDeclContext => "an enum",
                TenorParser.FieldBlockContext => "a list of fields",
                TenorParser.ParamListContext => "a list of parameters",
                TenorParser.GenericsContext => "a list of generic parameters",
                TenorParser.TypeArgsContext => "a list of type arguments",
                TenorParser.ArgsContext or TenorParser.NamedArgsContext => "a list of arguments",
                TenorParser.StructBodyContext => "a list of field values",
                TenorParser.PatBodyContext or TenorParser.PatternContext => "a pattern",
                TenorParser.TransitionMemberContext => "a transition",
                TenorParser.MemberContext => "a member of a machine",
                TenorParser.MatchExprContext or TenorParser.ArmsContext => "a match",
                TenorParser.BlockContext => "a block",
                TenorParser.TypeContext => "a type",
                TenorParser.PlainContext or TenorParser.BlockyContext => "a statement",
                TenorParser.SimpleContext or TenorParser.ExprContext => "an expression",
                TenorParser.TopDeclContext => "a declaration",
                _ => null,
            };
            if (place is not null)
            {
                return place;
            }
        }

        return "the file";
    }

    /// <summary>What to write instead of a word of another language, if a mistake is at such a word.</summary>
    public static string? HintFor(string word) => word switch
    {
        "return" => "there is no 'return': a block's value is its last expression, without ';'",
        "while" or "loop" or "do" => "loops are 'for i in 0..N' and 'for x in array', with constant bounds",
        "var" or "val" or "auto" => "names are introduced with 'let', or with 'let mut' to be assigned again",
        "function" or "func" or "def" => "functions are declared with 'fn'",
        "contract" or "class" or "actor" => "a contract is a 'machine'",
        "import" or "include" or "open" => "other modules are named with 'use a.b.{X};'",
        "public" or "export" => "what others may use or see is marked 'pub'",
        "switch" or "case" or "when" => "values are told apart with 'match e { pattern => value, … }'",
        "throw" or "revert" or "fail" => "a step fails where 'require condition else Error;' does not hold",
        "elif" or "elsif" or "elseif" => "it is 'else if'",
        "and" => "it is '&&'",
        "or" => "it is '||'",
        "not" => "it is '!'",
        "null" or "nil" => "a value that may be missing is a 'T?', and 'none' where it is",
        _ => null,
    };

    private static string ElementsOf(RuleContext? context)
    {
        for (; context is not null; context = context.Parent)
        {
            var elements = context switch
            {
                TenorParser.FieldBlockContext => "fields",
                TenorParser.ParamListContext => "parameters",
                TenorParser.ArgsContext or TenorParser.NamedArgsContext or TenorParser.TypeArgsContext => "arguments",
                TenorParser.GenericsContext => "generic parameters",
                TenorParser.StructBodyContext => "field values",
                TenorParser.MatchExprContext => "arms",
                TenorParser.ErrorDeclContext or TenorParser.UseDeclContext => "names",
                TenorParser.EnumDeclContext => "variants",
                TenorParser.BlockContext => "elements",
                _ => null,
            };
            if (elements is not null)
            {
                return elements;
            }
        }

        return "elements";
    }

    private static string? Kind(RuleContext context) => context switch
    {
        TenorParser.DeclContext or TenorParser.TopDeclContext => "a declaration",
        TenorParser.MemberContext or TenorParser.MemberDeclContext => "a member of a machine: data, state, invariant, transition, …",
        TenorParser.BaseTypeContext or TenorParser.TypeContext or TenorParser.TypeArgContext => "a type",
        TenorParser.PatternContext => "a pattern",
        TenorParser.IdentContext or TenorParser.NameContext => "a name",
        TenorParser.PrimaryContext or TenorParser.UnaryContext or TenorParser.ExprContext or TenorParser.PlainExprContext or TenorParser.SimpleContext => "an expression",
        TenorParser.PlainContext or TenorParser.SegmentContext => "a statement",
        _ => null,
    };

    private static string Or(IntervalSet types)
    {
        var names = types.ToList().Select(Literal).ToList();
        return names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " or " + names[names.Count - 1];
    }

    private static bool Inside<T>(SyntaxFailure failure)
    {
        for (RuleContext? context = failure.Context; context is not null; context = context.Parent)
        {
            if (context is T)
            {
                return true;
            }
        }

        return false;
    }
}
